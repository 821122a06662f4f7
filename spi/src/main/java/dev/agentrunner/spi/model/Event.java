package dev.agentrunner.spi.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An immutable fact about a run: what was appended, and where the store put it.
 *
 * @param id grows over all runs of a store, and with {@code seq} within a run
 * @param seq 1..n within the run, without gaps
 * @param fact what was appended
 * @param createdAt the store's clock, in whole milliseconds
 */
public record Event(long id, RunId run, long seq, NewEvent fact, Instant createdAt) {

    public EventType type() {
        return fact.type();
    }

    public @Nullable StepId step() {
        return fact.step();
    }

    /** A JSON object. */
    public Json payload() {
        return fact.payload();
    }

    public Actor actor() {
        return fact.actor();
    }
}
