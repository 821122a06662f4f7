package dev.agentrunner.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a step is executed. Immutable.
 *
 * @param timeout of each attempt; null: none
 * @param onInterruption what happens when a crash cut an attempt short
 * @param kind what sort of step it is, for whoever looks at the run, such as {@code shell}
 */
public record StepOptions(RetryPolicy retry, @Nullable Duration timeout, OnInterruption onInterruption, String kind) {

    /** What happens to a step whose attempt a crash cut short, so that nobody knows how far it got. */
    public enum OnInterruption {
        /** Another attempt: the body must bear being executed again. */
        REPEAT,
        /** The step fails with kind {@code interrupted}: at most once (INV-8). */
        FAIL,
        /**
         * The run waits for the signal {@code approval.<step id>}: <code>{"approved": true}</code> allows
         * another attempt, <code>{"approved": false}</code> fails the step (INV-8).
         */
        ASK
    }

    private static final String STEP = "step";

    /** One attempt, no timeout, repeated after a crash. */
    public static final StepOptions DEFAULT = new StepOptions(RetryPolicy.NONE, null, OnInterruption.REPEAT, STEP);

    public StepOptions {
        if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
            throw new IllegalArgumentException("A timeout is positive, not " + timeout);
        }
        if (onInterruption != OnInterruption.REPEAT && retry.maxAttempts() > 1) {
            throw new IllegalArgumentException("A step that runs at most once cannot be retried");
        }
    }

    public static StepOptions retry(RetryPolicy policy) {
        return new StepOptions(policy, null, OnInterruption.REPEAT, STEP);
    }

    /** At most once: after a crash in the middle, fail. */
    public static StepOptions atMostOnce() {
        return new StepOptions(RetryPolicy.NONE, null, OnInterruption.FAIL, STEP);
    }

    /** At most once: after a crash in the middle, ask. */
    public static StepOptions atMostOnceOrAsk() {
        return new StepOptions(RetryPolicy.NONE, null, OnInterruption.ASK, STEP);
    }

    public StepOptions timeout(Duration limit) {
        return new StepOptions(retry, limit, onInterruption, kind);
    }

    public StepOptions kind(String sort) {
        return new StepOptions(retry, timeout, onInterruption, sort);
    }
}
