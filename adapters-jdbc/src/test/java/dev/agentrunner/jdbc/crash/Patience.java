package dev.agentrunner.jdbc.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The only place in which these tests wait: for what other processes do there is nothing to be notified by. */
final class Patience {

    private static final Duration STEP = Duration.ofMillis(10);

    private Patience() {}

    /** Waits until the condition holds. */
    static void until(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not within " + limit + ": " + what);
                }
                pause(STEP);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("While waiting for: " + what, e);
        }
    }

    /** Lets time pass; an interrupt ends the pause and stays set. */
    static void pause(Duration duration) {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        try {
            for (long left = duration.toNanos(); left > 0; ) {
                left = never.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
