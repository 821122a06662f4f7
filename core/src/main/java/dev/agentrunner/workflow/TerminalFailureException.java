package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;
import org.jspecify.annotations.Nullable;

/** Thrown by a step's body to say that no further attempt can help. */
public class TerminalFailureException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String kind;

    public TerminalFailureException(String message) {
        super(message);
        this.kind = null;
    }

    public TerminalFailureException(String message, Throwable cause) {
        super(message, cause);
        this.kind = null;
    }

    /**
     * A failure that programs can tell from others.
     *
     * @param kind recorded as the failure's kind; stable, snake_case
     */
    public TerminalFailureException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    public TerminalFailureException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** As it is recorded; null: by the name of the class. */
    public @Nullable String kind() {
        return kind;
    }
}
