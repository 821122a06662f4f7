package dev.agentrunner.contest;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Waits for engines that can only be waited for by holding a thread: virtual ones if the JVM has them. Safe for use by many threads. */
public final class Waiting implements AutoCloseable {

    private final ExecutorService threads;
    private final Semaphore room;

    /** At most so many calls at once; others wait for their turn. */
    public Waiting(int atOnce) {
        threads = threads(atOnce);
        room = new Semaphore(atOnce);
    }

    private static ExecutorService threads(int atOnce) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException beforeJdk21) {
            return Executors.newFixedThreadPool(atOnce);
        }
    }

    /** Done when the call has returned; fails as it does. */
    public <T> CompletableFuture<T> until(Callable<T> call) {
        CompletableFuture<T> done = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                room.acquire();
                try {
                    done.complete(call.call());
                } finally {
                    room.release();
                }
            } catch (Throwable error) {
                done.completeExceptionally(error);
            }
        });
        return done;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
