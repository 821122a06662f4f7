package dev.agentrunner.workspace;

import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which runs were opened here. Thread-safe. */
final class Openings {

    private final Map<RunId, Opening> openings = new ConcurrentHashMap<>();

    /** What comes before everything else that is done in a workspace. */
    @FunctionalInterface
    interface Preparation {
        void run() throws IOException;
    }

    private static final class Opening {
        /** Guarded by this. */
        private boolean done;

        synchronized void once(Preparation preparation) throws IOException {
            if (!done) {
                preparation.run();
                done = true;
            }
        }
    }

    /** Returns when it was done once; again, if it failed. */
    void first(RunId run, Preparation preparation) throws IOException {
        openings.computeIfAbsent(run, id -> new Opening()).once(preparation);
    }

    void forget(RunId run) {
        openings.remove(run);
    }
}
