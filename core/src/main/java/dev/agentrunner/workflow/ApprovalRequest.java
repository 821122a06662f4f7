package dev.agentrunner.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a person is asked. Immutable.
 *
 * @param message recorded in the log, for whoever decides
 * @param timeout null: there is no hurry
 * @param onTimeout what a silence means
 */
public record ApprovalRequest(String message, @Nullable Duration timeout, OnTimeout onTimeout) {

    /** What a silence means. */
    public enum OnTimeout {
        FAIL,
        APPROVE,
        REJECT,
        SKIP
    }

    /** Waits for as long as it takes. */
    public static ApprovalRequest of(String message) {
        return new ApprovalRequest(message, null, OnTimeout.FAIL);
    }

    public ApprovalRequest timeout(Duration limit, OnTimeout meaning) {
        return new ApprovalRequest(message, limit, meaning);
    }
}
