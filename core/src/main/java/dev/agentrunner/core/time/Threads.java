package dev.agentrunner.core.time;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where threads come from: virtual ones when the JVM has them, otherwise bounded pools of daemons. */
public final class Threads {

    private Threads() {}

    /** Executes each task at once on a thread of its own; refuses more than {@code limit} on platform threads. */
    public static ExecutorService workers(String name, int limit) {
        return virtual()
                .orElseGet(() -> new ThreadPoolExecutor(
                        0, limit, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory(name)));
    }

    /** Whether {@link #workers} gives virtual threads. */
    public static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }

    /** One thread for things that happen later; its tasks must be short. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory(name));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** Starts a daemon that lives as long as its loop. */
    public static Thread start(String name, Runnable loop) {
        Thread thread = factory(name).newThread(loop);
        thread.start();
        return thread;
    }

    /** A few threads for short work that may block on the store. */
    public static ExecutorService pool(String name, int size) {
        return Executors.newFixedThreadPool(size, factory(name));
    }

    private static Optional<ExecutorService> virtual() {
        if (!areVirtual()) {
            return Optional.empty();
        }
        try {
            Method make = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return Optional.of((ExecutorService) make.invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JVM should have virtual threads", e);
        }
    }

    private static ThreadFactory factory(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
