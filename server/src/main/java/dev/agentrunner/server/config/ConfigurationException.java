package dev.agentrunner.server.config;

import dev.agentrunner.spi.error.AgentRunnerException;

/** Settings that make no sense. Nothing was started. The message is one line. */
public final class ConfigurationException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
