package dev.agentrunner.spi.queue;

import java.time.Duration;

/** At most {@code runs} in any window of length {@code period}. */
public record Rate(int runs, Duration period) {

    public Rate {
        if (runs < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException(
                    "A rate is 1 or more runs in a positive period, not " + runs + " in " + period);
        }
    }
}
