package dev.agentrunner.jdbc.commit;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The one place where threads are made. */
public final class StoreThreads {

    private StoreThreads() {}

    /** A started daemon thread: a store that nobody closed keeps no JVM alive. */
    public static Thread start(String name, Runnable task) {
        Thread thread = daemon(name, task);
        thread.start();
        return thread;
    }

    /** Executes one task after the other, on a daemon thread. */
    static ExecutorService serial(String name) {
        return Executors.newSingleThreadExecutor(task -> daemon(name, task));
    }

    /** Waits until all tasks have been executed; no more are taken. */
    static void finish(ExecutorService tasks) {
        tasks.shutdown();
        boolean interrupted = false;
        while (!tasks.isTerminated()) {
            try {
                tasks.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits until a thread has ended, even if interrupted meanwhile. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
