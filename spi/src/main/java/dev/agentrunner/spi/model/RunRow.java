package dev.agentrunner.spi.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as the fold of its events yields it (INV-5). Stores keep it beside the log in
 * the same transaction and add what only they know: times, last seq, owner and epoch.
 *
 * @param wakeAt when a wait ends by itself
 * @param recoveries how often a node took the run over from a dead one; only grows
 */
public record RunRow(
        RunStatus status,
        @Nullable Waiting waiting,
        @Nullable Instant wakeAt,
        boolean cancelRequested,
        boolean pauseRequested,
        int recoveries) {

    /** A run that was just submitted. */
    public static final RunRow QUEUED = new RunRow(RunStatus.QUEUED, null, null, false, false, 0);

    /** This row once a node has begun to execute the run; nothing but the status changes. */
    public RunRow started() {
        return new RunRow(RunStatus.RUNNING, waiting, wakeAt, cancelRequested, pauseRequested, recoveries);
    }
}
