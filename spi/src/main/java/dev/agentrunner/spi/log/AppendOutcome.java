package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.RunId;
import java.time.Instant;

/**
 * What became of a commit. Everything but {@link Appended} has written nothing. When several apply, the
 * first in this order is given: Exists, Conflict for an unknown run, Fenced, Conflict, Illegal.
 */
public sealed interface AppendOutcome {

    /** Durable; {@code at} is the events' {@code createdAt}. */
    record Appended(long lastSeq, Instant at) implements AppendOutcome {}

    /** The run's last seq is not the expected one but this; 0 when there is no such run. */
    record Conflict(long lastSeq) implements AppendOutcome {}

    /**
     * The claim is no longer live: it was taken away, given up, or ended with the run. The run's epoch is now
     * this, which may still be the writer's. The writer must stop.
     */
    record Fenced(long epoch) implements AppendOutcome {}

    /**
     * The projections break an invariant: a status set backwards, a shrinking count, a changed terminal row,
     * a second artifact of the run with the same id. A new run counts as QUEUED before its first commit, a
     * new step as PENDING. Any commit to a terminal run is illegal.
     */
    record Illegal(String reason) implements AppendOutcome {}

    /** A creating commit met a run with the same id or, failing that, the same idempotency key: this one. */
    record Exists(RunId run) implements AppendOutcome {}
}
