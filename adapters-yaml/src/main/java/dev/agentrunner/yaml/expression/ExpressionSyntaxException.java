package dev.agentrunner.yaml.expression;

import dev.agentrunner.spi.error.AgentRunnerException;

/** A text is no expression, or one that is not allowed here. The message says what is wrong with it. */
public final class ExpressionSyntaxException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final int position;

    ExpressionSyntaxException(String message, int position) {
        super(message);
        this.position = position;
    }

    /** Where in the source, counted from 0; the source's length if something is missing at its end. */
    public int position() {
        return position;
    }
}
