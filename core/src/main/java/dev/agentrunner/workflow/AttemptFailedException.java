package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;

/** Thrown by a step's body to say how its attempt failed; another one may succeed. */
public final class AttemptFailedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /** @param kind recorded as the failure's kind; stable, snake_case */
    public AttemptFailedException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    public AttemptFailedException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
