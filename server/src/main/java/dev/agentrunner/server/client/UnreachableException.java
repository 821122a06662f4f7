package dev.agentrunner.server.client;

import dev.agentrunner.spi.error.AgentRunnerException;

/** Nobody answers. Whether what was asked for has been done is not known. */
public final class UnreachableException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreachableException(String message) {
        super(message);
    }
}
