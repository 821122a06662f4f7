package dev.agentrunner.core.journal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time comes when a test says so. Used by one thread. */
final class HandDrivenTimer extends ScheduledThreadPoolExecutor {

    private final Queue<Runnable> due = new ArrayDeque<>();

    HandDrivenTimer() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException();
        }
        due.add(task);
        return super.schedule(() -> {}, 0, unit);
    }

    /** Does what is due now; what it schedules comes the next time. */
    void tick() {
        for (int left = due.size(); left > 0; left--) {
            due.remove().run();
        }
    }
}
