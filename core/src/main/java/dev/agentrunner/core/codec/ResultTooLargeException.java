package dev.agentrunner.core.codec;

import dev.agentrunner.workflow.TerminalFailureException;

/** A result is larger than what may be recorded. */
public final class ResultTooLargeException extends TerminalFailureException {

    private static final long serialVersionUID = 1L;

    ResultTooLargeException(long bytes, long limit) {
        super(
                "result_too_large",
                "The result has " + bytes + " bytes of JSON, more than the allowed " + limit
                        + "; keep it as an artifact and return its id, or raise maxResultBytes");
    }
}
