package dev.agentrunner.workspace.command;

import java.util.concurrent.TimeUnit;

/**
 * The one place where threads are made. They are platform threads on every JVM: they read from pipes, which would hold on
 * to the carriers of virtual ones.
 */
final class CommandThreads {

    private CommandThreads() {}

    /** A started daemon: a program that nobody closed keeps no JVM alive. */
    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits until threads have ended, together at most so long. */
    static void join(long millis, Thread... threads) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Thread thread : threads) {
            long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            thread.join(Math.max(1, rest));
        }
    }

    /** Lets time pass, and the processes that were killed go. */
    static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
