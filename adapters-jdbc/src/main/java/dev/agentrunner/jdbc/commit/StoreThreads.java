package dev.agentrunner.jdbc.commit;

/** The one place where threads are made. */
public final class StoreThreads {

    private StoreThreads() {}

    /** A started daemon thread: a store that nobody closed keeps no JVM alive. */
    public static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
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
