package dev.agentrunner.contest;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Durations of something that happens often, in nanoseconds. Safe for use by many threads. */
final class Figures {

    private final long[] values;
    private final AtomicInteger size = new AtomicInteger();

    Figures(int most) {
        values = new long[most];
    }

    /** Keeps one; those beyond the most that was said are forgotten. */
    void add(long nanos) {
        int at = size.getAndIncrement();
        if (at < values.length) {
            values[at] = nanos;
        }
    }

    int size() {
        return Math.min(size.get(), values.length);
    }

    /** The value that so many of a hundred do not exceed, in microseconds; 0 when there is none. */
    long percentile(double percent) {
        long[] sorted = Arrays.copyOf(values, size());
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100) - 1)] / 1_000;
    }
}
