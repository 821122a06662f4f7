package dev.agentrunner.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.ManualClock;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waiting runs must cost little: here as an engine leaves them, four events and one step each. */
final class MemoryFootprintTest {

    private static final int RUNS = 100_000;

    @Test
    void a_sleeping_run_costs_less_than_a_kilobyte() {
        ManualClock clock = ManualClock.standing();
        InMemoryStore store = new InMemoryStore(clock);
        RunSpec spec = new Runs(store).spec();
        sleep(store, spec, clock, 1_000);
        long before = usedHeap();
        sleep(store, spec, clock, RUNS);
        long perRun = (usedHeap() - before) / RUNS;
        assertThat(perRun)
                .as("bytes of heap per sleeping run, short payloads included")
                .isBetween(100L, 1_000L);
        assertThat(store.catalog().counts()).containsEntry(RunStatus.RUNNING, RUNS + 1_000L);
    }

    private static void sleep(InMemoryStore store, RunSpec spec, ManualClock clock, int count) {
        NodeId node = Ids.node();
        Actor worker = Actor.worker(node);
        StepId step = new StepId("sleep#1");
        for (int i = 0; i < count; i++) {
            RunId run = Ids.run();
            Instant wakeAt = clock.instant().plusSeconds(60L + i);
            store.log()
                    .append(new Commit(
                            run,
                            Fence.createClaimed(spec, node),
                            0,
                            List.of(
                                    new NewEvent(EventType.RUN_QUEUED, null, new Json("{\"n\":" + i + "}"), worker),
                                    new NewEvent(EventType.RUN_STARTED, null, Json.EMPTY, worker)),
                            Projection.of(Rows.run(RunStatus.RUNNING), Ready.held())));
            store.log()
                    .append(new Commit(
                            run,
                            Fence.holding(1),
                            2,
                            List.of(
                                    new NewEvent(EventType.STEP_STARTED, step, Json.EMPTY, worker),
                                    new NewEvent(EventType.RUN_SUSPENDED, null, new Json("{\"w\":" + i + "}"), worker)),
                            new Projection(
                                    new RunRow(RunStatus.RUNNING, Waiting.TIMER, wakeAt, false, false, 0),
                                    Ready.at(wakeAt),
                                    List.of(Rows.step("sleep#1", StepStatus.RUNNING, 3)),
                                    List.of(),
                                    List.of(),
                                    Map.of())));
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
