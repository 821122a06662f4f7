package dev.agentrunner.jdbc.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moments as the database keeps them: in whole milliseconds, within the years that every part can write. */
final class Moments {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Duration LONGEST = Duration.ofDays(365L * 500);

    private Moments() {}

    static OffsetDateTime stored(Instant moment) {
        return whole(moment).atOffset(ZoneOffset.UTC);
    }

    /** For a timestamptz array. */
    static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : whole(moment).toString();
    }

    /** A duration for the database, at most some centuries, so that it can count back from now. */
    static long millis(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : duration.toMillis();
    }

    static Instant whole(Instant moment) {
        Instant within = moment.isBefore(FIRST) ? FIRST : moment.isAfter(LAST) ? LAST : moment;
        return within.truncatedTo(ChronoUnit.MILLIS);
    }
}
