package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The append-only log of all runs, and the projections that are written with it.
 *
 * <p>Thread-safe. Reads throw {@link dev.agentrunner.spi.error.StoreUnavailableException} while the
 * store cannot be reached; {@link #append} does not fail then, its future completes once the store is
 * back.
 */
public interface RunLog {

    /**
     * Appends events and replaces projections, atomically (INV-3, INV-4). Commits of one run take effect
     * in the order in which they were handed over by one thread.
     *
     * @return completes when the outcome is durable; never exceptionally, except with {@link
     *     dev.agentrunner.spi.error.StoreClosedException} when the store is closed first
     */
    CompletableFuture<AppendOutcome> append(Commit commit);

    /**
     * Events of a run with {@code seq > afterSeq}, in order, at most {@code limit}. Empty for an unknown run.
     * A reader that has seen seq n never later finds a new event with seq ≤ n.
     */
    List<Event> read(RunId run, long afterSeq, int limit);

    /** All events of several runs, each in order; unknown runs are absent. */
    Map<RunId, List<Event>> readAll(Collection<RunId> runs);

    /**
     * Events of all runs with {@code id > afterId}, by id, at most {@code limit}. Only events are given
     * before which no further one can appear: a reader that has seen id n never later finds one with id ≤
     * n. Therefore the newest events may be held back for as long as other writes are under way.
     */
    List<Event> feed(long afterId, int limit);

    /**
     * The id of the newest event that {@link #feed} would give now; 0 if there is none. Once an append has completed and no
     * other write is under way, it is at least that of what was appended. Only a purge makes it go back.
     */
    long feedEnd();

    /**
     * Tells {@code listener} about changes, from now until closed. Hints may come late, repeatedly or
     * never: they save polling and are not a source of truth. The listener must not block or throw.
     */
    Subscription follow(Consumer<Hint> listener);

    /** Ends a subscription; closing again does nothing. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
