package dev.agentrunner.jdbc.sqlite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as the tables hold them. */
final class Millis {

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

    private Millis() {}

    /** A moment beyond what fits becomes the first or last that does. */
    static long of(Instant moment) {
        if (moment.isAfter(LAST)) {
            return LAST.toEpochMilli();
        }
        return moment.isBefore(FIRST) ? FIRST.toEpochMilli() : moment.toEpochMilli();
    }

    static @Nullable Long orNull(@Nullable Instant moment) {
        return moment == null ? null : of(moment);
    }
}
