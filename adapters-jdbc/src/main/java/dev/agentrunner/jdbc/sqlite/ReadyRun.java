package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.util.Comparator;

/** A run that can be claimed. */
record ReadyRun(RunId id, ReadyLane lane, int priority, long readyAt, long epoch, long lastSeq, RunStatus status) {

    /** Highest priority, then ready for longest, then by id. */
    static final Comparator<ReadyRun> CLAIM_ORDER = Comparator.comparingInt(ReadyRun::priority)
            .reversed()
            .thenComparingLong(ReadyRun::readyAt)
            .thenComparing(ReadyRun::id);

    boolean isQueued() {
        return status == RunStatus.QUEUED;
    }
}
