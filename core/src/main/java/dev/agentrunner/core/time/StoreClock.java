package dev.agentrunner.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The store's time as a node knows it: what the store said last, plus what has passed since on a clock
 * that cannot be set. Jumps of the node's wall clock do not reach it. Thread-safe.
 */
public final class StoreClock implements InstantSource {

    private record Reading(Instant time, long nanos) {}

    private final LongSupplier nanos;
    private volatile Reading reading;

    public StoreClock(Instant now) {
        this(now, System::nanoTime);
    }

    StoreClock(Instant now, LongSupplier nanos) {
        this.nanos = nanos;
        this.reading = new Reading(now, nanos.getAsLong());
    }

    /** Takes over what the store just said. */
    public void adjust(Instant storeTime) {
        reading = new Reading(storeTime, nanos.getAsLong());
    }

    /** The store's time, in whole milliseconds. */
    @Override
    public Instant instant() {
        Reading last = reading;
        return last.time().plusNanos(nanos.getAsLong() - last.nanos()).truncatedTo(ChronoUnit.MILLIS);
    }

    /** How long until then; zero if it has passed. */
    public Duration until(Instant moment) {
        Duration left = Duration.between(instant(), moment);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
