package dev.agentrunner.http.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time passes when the test says so; everything periodic is done once each time. */
final class ManualTicker implements Ticker {

    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();
    private volatile long nanos = Long.MAX_VALUE - 1_000; // overflows soon, as such clocks may

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void every(Duration period, Runnable task) {
        tasks.add(task);
    }

    synchronized void pass(Duration time) {
        nanos += time.toNanos();
        tasks.forEach(Runnable::run);
    }

    @Override
    public void close() {
        tasks.clear();
    }
}
