package dev.agentrunner.http.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How many commits are under way. Thread-safe. */
final class Pending {

    private final LongAdder count = new LongAdder();

    void begin() {
        count.increment();
    }

    void end() {
        count.decrement();
    }

    double count() {
        return count.sum();
    }
}
