/** The standalone server and the command line. */
module dev.agentrunner.server {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires com.zaxxer.hikari;
    requires dev.agentrunner.http;
    requires dev.agentrunner.jdbc;
    requires dev.agentrunner.ollama;
    requires dev.agentrunner.workspace;
    requires dev.agentrunner.yaml;
    requires transitive dev.agentrunner.core;
    requires info.picocli;
    requires java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.agentrunner.server.extension;

    opens dev.agentrunner.server.command to
            info.picocli;

    uses dev.agentrunner.server.extension.Extension;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.agentrunner.server.logging.Logging;
}
