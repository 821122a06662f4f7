/** Workflows written in YAML or JSON. */
module dev.agentrunner.yaml {
    requires transitive dev.agentrunner.core;
    requires com.dashjoin.jsonata;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires com.networknt.schema;
    requires java.net.http;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires static org.jspecify;

    exports dev.agentrunner.yaml;
    exports dev.agentrunner.yaml.problem;
}
