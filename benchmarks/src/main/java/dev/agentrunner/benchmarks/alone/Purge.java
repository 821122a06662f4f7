package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.spi.store.Store;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Purges old runs without a pause, as the engine does where there is a retention, until it is closed. */
final class Purge implements AutoCloseable {

    private static final int BATCH = 100; // that of the engine

    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Integer> purged;
    private final long begin = System.nanoTime();

    Purge(Store store, Instant before) {
        purged = thread.submit(() -> {
            int count = 0;
            while (!closed.get()) {
                long start = System.nanoTime();
                int some = store.retention().purgeFinishedBefore(before, BATCH).size();
                if (some == 0) {
                    throw new IllegalStateException("There is nothing left to purge after " + count + " runs");
                }
                count += some;
                LockSupport.parkNanos(System.nanoTime() - start); // as a node does
            }
            return count;
        });
    }

    /** Stops; purged runs per second. */
    double perSecond() throws InterruptedException, ExecutionException {
        closed.set(true);
        return purged.get() * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() {
        closed.set(true);
        thread.shutdown();
    }
}
