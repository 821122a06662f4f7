package dev.agentrunner.tck.oracle;

import java.time.Instant;

/** Moments that lie in the past or future of every store, whatever its clock shows. */
final class Moments {

    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2101-01-01T00:00:00Z");
    private static final Instant BETWEEN = Instant.parse("2015-01-01T00:00:00Z");

    private Moments() {}

    static Instant past(int seconds) {
        return PAST.plusSeconds(seconds);
    }

    static Instant future(int seconds) {
        return FUTURE.plusSeconds(seconds);
    }

    static boolean isFixed(Instant moment) {
        return moment.isBefore(BETWEEN) || !moment.isBefore(FUTURE);
    }
}
