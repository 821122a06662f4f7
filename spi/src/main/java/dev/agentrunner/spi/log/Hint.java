package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.RunId;

/** What a follower is told. */
public sealed interface Hint {

    /**
     * Events were appended to this run.
     *
     * @param lastSeq the run's last seq then, or {@link Long#MAX_VALUE} where that is not known
     */
    record Changed(RunId run, long lastSeq) implements Hint {}

    /** A run may have become ready to be claimed. */
    record Ready() implements Hint {}

    /** Hints may have been lost: look at everything. */
    record Lost() implements Hint {}
}
