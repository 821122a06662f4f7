package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.RunId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads that wait for news of a run. Thread-safe. */
public final class LongPoll {

    private final StreamHub hub;

    public LongPoll(StreamHub hub) {
        this.hub = hub;
    }

    /**
     * Looks until it sees enough: now, and whenever the run has grown. It waits neither when the run has ended by then
     * nor when the hub closes.
     *
     * @param after the last seq that the client has seen
     * @param wait how long at most
     * @param look reads the log; called in this thread and then in one of its own
     * @return what was seen last, enough or not; completed already if there was no need to wait. Completes with what
     *     {@code look} throws in the other thread
     * @throws StreamsUnavailableException if there is no room for one more who waits
     */
    public <T> CompletableFuture<T> read(
            RunId run, long after, Duration wait, Supplier<T> look, Predicate<T> isEnough) {
        T seen = look.get();
        if (wait.isZero() || isEnough.test(seen) || new RunStream(hub).isOver(run, after)) {
            return CompletableFuture.completedFuture(seen);
        }
        long end = hub.ticker().nanos() + wait.toNanos();
        Seat seat = hub.sit(run, after);
        seat.wakeAt(end);
        return hub.inItsOwnThread(seat, () -> {
            T latest = look.get();
            while (!isEnough.test(latest) && hub.isOpen() && hub.ticker().nanos() - end < 0) {
                if ((seat.bell().await() & Bell.LOG) != 0) {
                    latest = look.get();
                }
            }
            return latest;
        });
    }
}
