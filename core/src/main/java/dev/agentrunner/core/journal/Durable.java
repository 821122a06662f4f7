package dev.agentrunner.core.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for what was handed to the log. */
public final class Durable {

    private Durable() {}

    /**
     * Waits until durable, through interrupts: a record that is under way cannot be called back.
     *
     * @throws JournalStopped if it will never be
     * @throws RefusedException if somebody else's write came first and forbids it
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> durable) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return durable.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unwrapped(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error) {
            throw (Error) e.getCause();
        }
        return e.getCause() instanceof RuntimeException
                ? (RuntimeException) e.getCause()
                : new IllegalStateException(e.getCause());
    }
}
