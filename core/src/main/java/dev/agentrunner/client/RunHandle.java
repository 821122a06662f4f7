package dev.agentrunner.client;

import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.ResultType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One run. Commands return once they are durable; what they ask for follows. All throw {@link
 * UnknownRunException} if there is no such run, and commands {@link RunFinishedException} if it has ended
 * in another way than they ask for. Thread-safe.
 */
public interface RunHandle {

    RunId id();

    /**
     * Whether the submission that gave this handle made the run; false if it found it by its idempotency key, and for
     * handles that no submission gave.
     */
    boolean created();

    RunStatus status();

    /**
     * Waits for the run's output.
     *
     * @throws RunFailedException if it failed
     * @throws RunCanceledException if it was canceled
     */
    <T> T await(ResultType<T> type) throws InterruptedException;

    default <T> T await(Class<T> type) throws InterruptedException {
        return await(ResultType.of(type));
    }

    /**
     * As {@link #await(ResultType)}, for a limited time.
     *
     * @throws AwaitTimeoutException if the run has not ended by then
     */
    <T> T await(ResultType<T> type, Duration timeout) throws InterruptedException;

    default <T> T await(Class<T> type, Duration timeout) throws InterruptedException {
        return await(ResultType.of(type), timeout);
    }

    /** Completes when the run has ended, with how it did. */
    CompletableFuture<RunStatus> ended();

    /** Waits until the run has ended, and says how. */
    RunStatus awaitEnd(Duration timeout) throws InterruptedException;

    /** Asks the run to stop; steps under way get a grace period. */
    void cancel(@Nullable String reason);

    /** Ends the run at once, whatever its steps do. */
    void cancelNow(@Nullable String reason);

    /** Lets the run stop before its next step. */
    void pause(@Nullable String reason);

    /** Lets a paused run go on. */
    void resume(@Nullable String reason);

    /**
     * Sends a durable message; the payload becomes JSON.
     *
     * @return this message as it was recorded, also if others send at the same time
     */
    Event signal(String name, @Nullable Object payload);

    /**
     * Starts a new run with copies of this one's recorded results.
     *
     * @throws RunNotFinishedException if this one has not ended
     */
    RunHandle fork(ForkOptions options);

    /**
     * Deletes the run with its log and, on this node, its workspace; a tombstone stays.
     *
     * @throws RunNotFinishedException if it has not ended
     */
    void purge();
}
