/** The engine, the workflow API and in-memory adapters. */
module dev.agentrunner.core {
    requires transitive dev.agentrunner.spi;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires org.slf4j;
    requires static jakarta.inject;

    exports dev.agentrunner;
    exports dev.agentrunner.client;
    exports dev.agentrunner.core.state;
    exports dev.agentrunner.files;
    exports dev.agentrunner.live;
    exports dev.agentrunner.llm;
    exports dev.agentrunner.llm.scripted;
    exports dev.agentrunner.memory;
    exports dev.agentrunner.workflow;
}
