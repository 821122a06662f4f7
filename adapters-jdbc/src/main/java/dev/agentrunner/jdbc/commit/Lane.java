package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thread that writes what has gathered while it was writing. There is no artificial delay: a lone commit is
 * written at once, and the slower the disk, the larger the batches.
 */
final class Lane implements Runnable {

    private static final int LARGEST_BATCH = 1_000;

    private final String store;
    private final BatchAttempt attempt;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /** Guarded by lock. */
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();

    /** Guarded by lock. */
    private boolean closed;

    Lane(String store, BatchAttempt attempt) {
        this.store = store;
        this.attempt = attempt;
    }

    CompletableFuture<AppendOutcome> append(Commit commit) {
        CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.failedFuture(new StoreClosedException(store));
            }
            waiting.add(new Pending(commit, outcome));
            work.signal();
        } finally {
            lock.unlock();
        }
        return outcome;
    }

    /** Takes nothing more; what waits is still written. */
    void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            for (List<Pending> batch = next(); !batch.isEmpty(); batch = next()) {
                attempt.settle(batch);
            }
        } finally {
            attempt.close();
        }
    }

    /** Empty once closed and drained. */
    private List<Pending> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            List<Pending> batch = new ArrayList<>(Math.min(waiting.size(), LARGEST_BATCH));
            while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
