package dev.agentrunner.core.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what was handed to the log. */
public final class Durable {

    private Durable() {}

    /**
     * Waits until durable, through interrupts: a record that is under way cannot be called back.
     *
     * @throws JournalStopped if it will never be
     * @throws RefusedException if somebody else's write came first and forbids it
     */
    public static void await(CompletableFuture<Void> durable) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    durable.get();
                    return;
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
