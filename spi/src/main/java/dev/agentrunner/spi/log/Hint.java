package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.RunId;

/** What a follower is told. */
public sealed interface Hint {

    /** Events were appended to this run. */
    record Changed(RunId run) implements Hint {}

    /** A run may have become ready to be claimed. */
    record Ready() implements Hint {}

    /** Hints may have been lost: look at everything. */
    record Lost() implements Hint {}
}
