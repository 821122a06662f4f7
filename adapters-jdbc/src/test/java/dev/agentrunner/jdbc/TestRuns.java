package dev.agentrunner.jdbc;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.store.Store;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The commits of a plain run: created by a node that holds it, some steps, an end. */
public final class TestRuns {

    public static final WorkflowRef WORKFLOW = new WorkflowRef("test", "1");
    public static final NodeId NODE = new NodeId("node-1");
    public static final RunRow RUNNING = new RunRow(RunStatus.RUNNING, null, null, false, false, 0);
    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis() << 16);

    private TestRuns() {}

    public static RunId id() {
        return new RunId(new UUID(IDS.getAndIncrement(), 0x8000_0000_0000_0001L));
    }

    public static RunSpec spec() {
        return new RunSpec(WORKFLOW, QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null);
    }

    /** Seqs 1 and 2. */
    public static Commit claimed(RunId run, NodeId node) {
        return new Commit(
                run,
                Fence.createClaimed(spec(), node),
                0,
                List.of(event(EventType.RUN_QUEUED, null), event(EventType.RUN_STARTED, null)),
                Projection.of(RUNNING, Ready.held()));
    }

    /** Seqs 3 and 4 for the first step, and so on. */
    public static Commit step(RunId run, int n) {
        StepId id = new StepId("step#" + n);
        long seq = 1 + 2L * n;
        return new Commit(
                run,
                Fence.holding(1),
                seq - 1,
                List.of(event(EventType.STEP_STARTED, id), event(EventType.STEP_COMPLETED, id)),
                new Projection(
                        RUNNING,
                        Ready.held(),
                        List.of(new StepRow(id, "step", "step", StepStatus.COMPLETED, 1, seq, seq + 1)),
                        List.of(),
                        List.of(),
                        Map.of()));
    }

    public static Commit completed(RunId run, long lastSeq) {
        return new Commit(
                run,
                Fence.holding(1),
                lastSeq,
                List.of(event(EventType.RUN_COMPLETED, null)),
                Projection.of(new RunRow(RunStatus.COMPLETED, null, null, false, false, 0), Ready.never()));
    }

    public static NewEvent event(EventType type, @Nullable StepId step) {
        return new NewEvent(type, step, new Json("{\"n\": 1}"), Actor.worker(NODE));
    }

    /** Waits long enough for the slowest machine. */
    public static AppendOutcome append(Store store, Commit commit) {
        try {
            return store.log().append(commit).get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("No outcome of " + commit, e);
        }
    }
}
