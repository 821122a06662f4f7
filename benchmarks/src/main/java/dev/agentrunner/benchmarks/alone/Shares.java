package dev.agentrunner.benchmarks.alone;

import java.util.Arrays;

/** Values in order, of which a part is not above. Not thread-safe. */
final class Shares {

    private final double[] sorted;

    Shares(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There is nothing to take a share of");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The value that this part of all, 0 to 1, does not exceed: the nearest rank. */
    double at(double part) {
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    double p50() {
        return at(0.5);
    }

    double p99() {
        return at(0.99);
    }

    int count() {
        return sorted.length;
    }
}
