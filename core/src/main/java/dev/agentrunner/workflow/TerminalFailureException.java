package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;

/** Thrown by a step's body to say that no further attempt can help. */
public class TerminalFailureException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public TerminalFailureException(String message) {
        super(message);
    }

    public TerminalFailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
