package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Knows when it was created, first ran and ended; each moment is set once. Guarded by the store's lock. */
abstract sealed class Timed permits StoredRun, StoredStep {

    private static final long UNSET = Long.MIN_VALUE;

    final long created;
    private long started = UNSET;
    private long finished = UNSET;

    Timed(long created) {
        this.created = created;
    }

    final void note(boolean ran, boolean terminal, long now) {
        if (ran && started == UNSET) {
            started = now;
        }
        if (terminal && finished == UNSET) {
            finished = now;
        }
    }

    final long finished() {
        return finished;
    }

    final Times times() {
        return new Times(Instant.ofEpochMilli(created), instant(started), instant(finished));
    }

    private static @Nullable Instant instant(long millis) {
        return millis == UNSET ? null : Instant.ofEpochMilli(millis);
    }
}
