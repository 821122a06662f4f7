package dev.agentrunner.core.node;

import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.workspace.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is no longer wanted: old finished runs, unlisted bytes, and this node's name when it leaves. */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final int BATCH = 100;
    /** Longer than any step takes: what a step makes is listed when it ends. */
    private static final Duration UNLISTED = Duration.ofDays(7);

    private static final long EVERY_MINUTES = 5;

    private final Store store;
    private final ArtifactStore artifacts;
    private final StoreClock clock;
    private final @Nullable Duration retention;
    private final @Nullable Workspaces workspaces;

    Upkeep(
            Store store,
            ArtifactStore artifacts,
            StoreClock clock,
            @Nullable Duration retention,
            @Nullable Workspaces workspaces) {
        this.store = store;
        this.artifacts = artifacts;
        this.clock = clock;
        this.retention = retention;
        this.workspaces = workspaces;
    }

    void schedule(Background background) {
        background
                .timer()
                .scheduleWithFixedDelay(
                        () -> background.workers().execute(this::clean),
                        EVERY_MINUTES,
                        EVERY_MINUTES,
                        TimeUnit.MINUTES);
    }

    void clean() {
        try {
            if (retention != null) {
                purge(retention);
            }
            int swept = artifacts.sweep(UNLISTED, store.catalog()::listed);
            if (swept > 0) {
                LOG.info("Deleted {} blobs that no artifact lists", swept);
            }
            if (workspaces != null) {
                deleteWorkspaces(workspaces);
            }
        } catch (AgentRunnerException | IOException e) {
            LOG.warn("Cleaning up was cut short; it goes on later", e);
        }
    }

    /** A workspace lives as long as its run is kept. */
    private void deleteWorkspaces(Workspaces here) {
        for (RunId run : here.runs()) {
            if (store.catalog().run(run).isEmpty()) {
                here.delete(run);
                LOG.info("Deleted the workspace of run {}, which was purged", run);
            }
        }
    }

    /** The run was purged. What cannot be deleted now is when all are cleaned up. */
    void forgetWorkspace(RunId run) {
        try {
            if (workspaces != null) {
                workspaces.delete(run);
            }
        } catch (AgentRunnerException e) {
            LOG.warn("The workspace of the purged run {} cannot be deleted now; that is tried again later", run, e);
        }
    }

    private void purge(Duration keep) {
        int purged = BATCH;
        while (purged == BATCH) {
            long begin = System.nanoTime();
            purged = store.retention()
                    .purgeFinishedBefore(clock.instant().minus(keep), BATCH)
                    .size();
            if (purged > 0) {
                LOG.info("Purged {} runs that finished more than {} ago", purged, keep);
            }
            // Half of the time belongs to the runs of today.
            LockSupport.parkNanos(this, System.nanoTime() - begin);
        }
    }

    /** Tells the other nodes that they need not wait for this one's runs. */
    void leave(NodeId node) {
        try {
            store.queue().leave(node);
        } catch (AgentRunnerException e) {
            LOG.warn("Could not say good-bye; other nodes take over after the time-out", e);
        }
    }
}
