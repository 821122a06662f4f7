package dev.agentrunner.ollama.fake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where a reply stalls until it is let go. Thread-safe. */
public final class Gate {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> open = new CompletableFuture<>();

    /** Lets the reply go on, now or when it comes here. */
    public void open() {
        open.complete(null);
    }

    /** Waits until the reply is stalled here. */
    public void awaitReached() {
        await(reached, "reached the gate");
    }

    void pass(CompletableFuture<?> otherwise) {
        reached.complete(null);
        CompletableFuture.anyOf(open, otherwise).join();
    }

    static void await(CompletableFuture<?> event, String what) {
        await(event, what, Duration.ofSeconds(20));
    }

    static void await(CompletableFuture<?> event, String what, Duration limit) {
        try {
            event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("Nobody " + what + " within " + limit, e);
        }
    }
}
