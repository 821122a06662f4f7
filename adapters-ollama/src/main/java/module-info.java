/** Language models served by Ollama. */
module dev.agentrunner.ollama {
    requires transitive dev.agentrunner.spi;
    requires transitive java.net.http;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.agentrunner.ollama;
}
