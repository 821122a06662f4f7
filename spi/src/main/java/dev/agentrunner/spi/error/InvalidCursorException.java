package dev.agentrunner.spi.error;

/** A page cursor that no page gave out. */
public final class InvalidCursorException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public InvalidCursorException(String cursor) {
        super("'" + cursor + "' is not a cursor of this list; start again without one");
    }
}
