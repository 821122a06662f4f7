package dev.agentrunner.llm;

import java.util.function.Consumer;

/** What the models of a node answer, as it comes. Thread-safe. */
public interface LiveDeltas {

    /** Ends watching; may be closed again. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches everything from now on.
     *
     * @param watcher called in order for each step, by threads that must not be held up: it returns at once. What it
     *     throws is logged and does no harm to the generation
     */
    Watching watch(Consumer<LiveDelta> watcher);
}
