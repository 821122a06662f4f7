package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.JException;

/**
 * Why an evaluation gave no value; on its way out of the evaluator, which lets nothing through but exceptions of its own
 * kind. Has no stack trace.
 */
final class Failure extends JException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String message;
    private final boolean limit;

    private Failure(String message, boolean limit) {
        super("expression");
        this.message = message;
        this.limit = limit;
    }

    /** It took too long, nested too deeply or grew too large. */
    static Failure limit(String what) {
        return new Failure(what + ". Do less in it, or do it in a step of its own.", true);
    }

    static Failure of(String what) {
        return new Failure(what, false);
    }

    /** What the evaluator threw, which may wrap it several times. */
    static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < 20; i++) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            if (cause instanceof StackOverflowError) {
                return limit("it is nested too deeply");
            }
            if (cause instanceof OutOfMemoryError) {
                return limit("it needs too much memory");
            }
            if (cause.getCause() == null || cause.getCause() == cause) {
                break;
            }
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return of(shortened(message == null ? cause.toString() : message));
    }

    boolean isLimit() {
        return limit;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
