package dev.agentrunner.spi.store;

import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Deletes whole terminal runs: rows, events, steps and artifact records, each run atomically. A tombstone
 * stays. The only way in which events ever disappear (INV-3).
 */
public interface RunRetention {

    /**
     * Purges at most {@code max} runs that finished before the given moment, oldest first.
     *
     * @return the purged ones; fewer than {@code max} when none is left
     */
    List<RunId> purgeFinishedBefore(Instant moment, int max);

    /** Purges one run; false, and nothing happens, if it is unknown or not terminal. */
    boolean purge(RunId run);

    Optional<Tombstone> tombstone(RunId run);
}
