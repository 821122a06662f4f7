package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
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
    private final Map<RunId, Claim> claims = new LinkedHashMap<>(); // guarded by this

    synchronized void add(RunId run, Known known) {
        put(runs, run, known);
    }

    /** This node holds the run, and reads its log next. */
    synchronized void add(Claim claim) {
        put(claims, claim.run(), claim);
    }

    /** The claim behind which the run's log is read now, once. */
    synchronized @Nullable Claim takeClaim(RunId run) {
        return claims.remove(run);
    }

    private static <V> void put(Map<RunId, V> map, RunId run, V value) {
        map.remove(run);
        map.put(run, value);
        if (map.size() > MOST) {
            Iterator<RunId> oldest = map.keySet().iterator();
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
