package dev.agentrunner.live;

import java.util.function.Consumer;

/** What the steps on a node show, as it comes. Thread-safe. */
public interface Live {

    /** Ends watching; may be closed again. */
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches everything from now on.
     *
     * @param watcher called in order for each step, but for beats, by threads that must not be held up: it returns at once. What it
     *     throws is logged and does no harm to the step
     */
    Watching watch(Consumer<LiveEvent> watcher);
}
