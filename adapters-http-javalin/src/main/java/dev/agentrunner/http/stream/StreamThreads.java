package dev.agentrunner.http.stream;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads and time of the streams: virtual threads where the JVM has them, daemons elsewhere. */
final class StreamThreads implements Ticker {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, daemons("stream-timer"));

    /** Whether {@link #perClient} gives virtual threads. */
    static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }

    /** A thread for each task, at once; the caller bounds how many. */
    static ExecutorService perClient() {
        if (!areVirtual()) {
            return Executors.newCachedThreadPool(daemons("stream"));
        }
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JVM should have virtual threads", e);
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void every(Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
