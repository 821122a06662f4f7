package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What commits do not say about their run. Learned when a run is created here, or when its log is read to go on with it;
 * forgotten when this node is through with it, and in any case when there are too many. Thread-safe.
 */
final class KnownRuns {

    private static final int MOST = 10_000;

    /** @param queuedAt on the store's clock */
    record Known(String workflow, Instant queuedAt) {}

    private final Map<RunId, Known> runs = new LinkedHashMap<>(); // guarded by this

    synchronized void add(RunId run, Known known) {
        runs.remove(run);
        runs.put(run, known);
        if (runs.size() > MOST) {
            Iterator<RunId> oldest = runs.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Learns from the first events of a run's log. */
    void learn(RunId run, Iterable<Event> log) {
        for (Event first : log) {
            if (first.type().equals(EventType.RUN_QUEUED) && get(run) == null) {
                add(run, new Known(Payloads.text(first.payload(), "workflow"), first.createdAt()));
            }
            return;
        }
    }

    synchronized @Nullable Known get(RunId run) {
        return runs.get(run);
    }

    synchronized void forget(RunId run) {
        runs.remove(run);
    }

    synchronized int size() {
        return runs.size();
    }
}
