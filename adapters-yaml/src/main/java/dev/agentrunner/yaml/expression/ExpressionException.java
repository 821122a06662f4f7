package dev.agentrunner.yaml.expression;

import dev.agentrunner.workflow.TerminalFailureException;

/** An expression gave no value. The message has the expression and what is wrong with it. */
public final class ExpressionException extends TerminalFailureException {

    private static final long serialVersionUID = 1L;

    /**
     * @param kind {@code expression_limit} if it took too long, nested too deeply or grew too large; {@code
     *     expression_failed} otherwise
     */
    public ExpressionException(String kind, String message) {
        super(kind, message);
    }
}
