package dev.agentrunner.jdbc.commit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers whether the database is out of reach, says so once, and paces the attempts until it is back. */
public final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final String store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by lock. */
    private boolean lasting;

    /** Guarded by lock. */
    private boolean closed;

    public Outage(String store) {
        this.store = store;
    }

    /**
     * Waits before the next attempt, longer with each failed one.
     *
     * @param failures how many attempts in a row have failed, at least 1
     * @return false when the store is closed: there is no next attempt
     */
    public boolean pause(int failures, Throwable cause) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (!lasting) {
                lasting = true;
                LOG.atWarn()
                        .addKeyValue("store", store)
                        .setCause(cause)
                        .log("The store cannot be written; commits wait and are tried again until it is back");
            }
            long millis = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 10));
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Called after every success; says so if there was an outage. */
    public void over() {
        lock.lock();
        try {
            if (lasting) {
                lasting = false;
                LOG.atInfo().addKeyValue("store", store).log("The store can be written again; waiting commits go on");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all pauses, now and later. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
