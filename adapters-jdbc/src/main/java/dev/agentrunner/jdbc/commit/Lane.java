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
 *
 * <p>The thread outlives everything that can be thrown. Without it the process would look alive, hold its runs, and never
 * write again; whether it should go on at all, for instance without memory, is for its operator to say. Nor does going on
 * endanger anything, because each transaction checks for itself what it builds on.
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

    /** Only used by the lane's thread; made once, so that taking what waits needs no memory. */
    private final List<Pending> batch = new ArrayList<>(LARGEST_BATCH);

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
            while (next()) {
                settle();
            }
        } finally {
            attempt.close();
        }
    }

    private void settle() {
        try {
            attempt.settle(batch);
        } catch (RuntimeException | Error e) {
            attempt.abandon(batch, e);
        } finally {
            batch.clear();
        }
    }

    /** Fills the batch; false once closed and drained. */
    private boolean next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(waiting.remove());
            }
            return !batch.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
