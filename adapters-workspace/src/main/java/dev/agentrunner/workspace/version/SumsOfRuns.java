package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.model.RunId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sums of the workspaces that were used last; those of others are computed anew. Thread-safe. */
public final class SumsOfRuns {

    private static final int RUNS = 32;

    private final InstantSource clock;
    /** The one that was used last is the last; guarded by this. */
    private final Map<RunId, Sums> sums = new LinkedHashMap<>();

    public SumsOfRuns(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized Sums of(RunId run) {
        Sums found = sums.remove(run);
        Sums used = found == null ? new Sums(clock) : found;
        sums.put(run, used);
        if (sums.size() > RUNS) {
            sums.remove(sums.keySet().iterator().next());
        }
        return used;
    }

    public synchronized void forget(RunId run) {
        sums.remove(run);
    }
}
