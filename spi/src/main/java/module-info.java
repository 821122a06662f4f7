/** Model records and ports that adapters implement. */
module dev.agentrunner.spi {
    requires transitive com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports dev.agentrunner.spi.access;
    exports dev.agentrunner.spi.artifact;
    exports dev.agentrunner.spi.catalog;
    exports dev.agentrunner.spi.error;
    exports dev.agentrunner.spi.llm;
    exports dev.agentrunner.spi.log;
    exports dev.agentrunner.spi.model;
    exports dev.agentrunner.spi.queue;
    exports dev.agentrunner.spi.store;
    exports dev.agentrunner.spi.workspace;
}
