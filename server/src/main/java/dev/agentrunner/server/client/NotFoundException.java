package dev.agentrunner.server.client;

import dev.agentrunner.spi.error.AgentRunnerException;

/** There is no such thing. */
public final class NotFoundException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
