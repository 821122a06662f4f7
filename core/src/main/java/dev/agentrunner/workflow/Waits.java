package dev.agentrunner.workflow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waiting without holding a thread: the run is put aside and taken up again, on any node. */
public interface Waits {

    /** Waits for at least this long. The moment it ends is recorded when it begins. */
    default void sleep(Duration duration) {
        sleep("sleep", duration);
    }

    /** Waits, as a step of this name. */
    void sleep(String name, Duration duration);

    /**
     * Asks a person, as a step of kind {@code approval}, and waits for the signal {@code approval.<step id>}.
     *
     * @return the answer; null if none came in time and that means to {@link ApprovalRequest.OnTimeout#SKIP}
     * @throws StepFailedException with kind {@code timeout} if none came in time and that means to fail
     */
    @Nullable Answer approval(String name, ApprovalRequest request);

    /**
     * Waits for a signal of this name, or takes the oldest one that has arrived and was not taken yet.
     *
     * @throws StepFailedException with kind {@code timeout} if none comes in time
     */
    <T> T await(String signal, ResultType<T> type, Duration timeout);

    default <T> T await(String signal, Class<T> type, Duration timeout) {
        return await(signal, ResultType.of(type), timeout);
    }

    /** Waits for a signal for as long as it takes. */
    <T> T await(String signal, ResultType<T> type);

    default <T> T await(String signal, Class<T> type) {
        return await(signal, ResultType.of(type));
    }
}
