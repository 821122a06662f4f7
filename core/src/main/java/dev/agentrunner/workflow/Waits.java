package dev.agentrunner.workflow;

import java.time.Duration;

/** Waiting without holding a thread: the run is put aside and taken up again, on any node. */
public interface Waits {

    /** Waits for at least this long. The moment it ends is recorded when it begins. */
    void sleep(Duration duration);

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
