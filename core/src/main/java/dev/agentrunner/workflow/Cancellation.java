package dev.agentrunner.workflow;

/** Tells whether work should stop. Thread-safe. */
public interface Cancellation {

    boolean isRequested();

    /** Throws {@link java.util.concurrent.CancellationException} if work should stop. */
    void throwIfRequested();

    /** Calls back once work should stop, at once if it should already; the action must not block. */
    void onRequest(Runnable action);
}
