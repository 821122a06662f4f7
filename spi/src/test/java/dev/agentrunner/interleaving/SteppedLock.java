package dev.agentrunner.interleaving;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A lock of a stage: to take it is a step. Not reentrant, although it stands in for one that is. */
public final class SteppedLock extends ReentrantLock {

    private static final long serialVersionUID = 1;

    private final transient Stage stage;
    private final boolean timesOut;
    private boolean held;

    SteppedLock(Stage stage, boolean timesOut) {
        this.stage = stage;
        this.timesOut = timesOut;
    }

    @Override
    public void lock() {
        stage.until(() -> !held);
        held = true;
    }

    @Override
    public void unlock() {
        if (!held) {
            throw new IllegalMonitorStateException();
        }
        held = false;
    }

    @Override
    public Condition newCondition() {
        return new Steps();
    }

    private static final class Wait {
        boolean signaled;
    }

    private final class Steps implements Condition {

        private final Queue<Wait> waits = new ArrayDeque<>();

        /** Whether a signal came. */
        private boolean await(boolean atMostForAWhile) {
            if (!held) {
                throw new IllegalMonitorStateException();
            }
            Wait wait = new Wait();
            waits.add(wait);
            held = false;
            stage.until(() -> !held && (wait.signaled || atMostForAWhile), () -> !held);
            held = true;
            waits.remove(wait);
            return wait.signaled;
        }

        @Override
        public void await() {
            await(false);
        }

        @Override
        public void awaitUninterruptibly() {
            await(false);
        }

        @Override
        public long awaitNanos(long nanos) {
            return await(timesOut) ? nanos : timesOut ? 0 : nanos;
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return await(timesOut);
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            return await(timesOut);
        }

        @Override
        public void signal() {
            Wait first = waits.poll();
            if (first != null) {
                first.signaled = true;
            }
        }

        @Override
        public void signalAll() {
            waits.forEach(wait -> wait.signaled = true);
            waits.clear();
        }
    }
}
