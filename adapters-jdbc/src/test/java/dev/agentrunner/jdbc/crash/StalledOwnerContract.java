package dev.agentrunner.jdbc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two owners after a stall: a node stands still for longer than its lease, in the middle of whatever a run can be in the
 * middle of; another one takes its runs over and ends them; then the first one wakes up and does what it was about to.
 */
@Timeout(120)
abstract class StalledOwnerContract {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(1);

    /** What a node was about to write when it was stopped. */
    enum Act {
        RESULT,
        FAILURE,
        ARTIFACT,
        LOG_LINE,
        EVENT,
        SLEEP,
        END
    }

    private final CountDownLatch begun = new CountDownLatch(Act.values().length);
    private final CountDownLatch wake = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(Act.values().length);
    private final Map<String, AtomicInteger> executed = new ConcurrentHashMap<>();

    abstract Target target();

    private Workflow<Act, String> workflow(String node, Runnable pause, Runnable end) {
        return Workflow.named("stalling", "1")
                .input(Act.class)
                .output(String.class)
                .body((run, act) -> {
                    try {
                        return act(run, act, node, pause);
                    } finally {
                        end.run();
                    }
                });
    }

    private String act(RunContext run, Act act, String node, Runnable pause) {
        run.step("first", step -> count("first " + act));
        if (act == Act.EVENT || act == Act.SLEEP || act == Act.END) {
            pause.run();
        }
        switch (act) {
            case EVENT -> run.emit("x.said", Map.of("by", node));
            case SLEEP -> run.sleep(Duration.ofMillis(1));
            case END -> {
                // Its output is what it is about to write.
            }
            default -> {
                try {
                    run.step("second", String.class, step -> second(step, act, node, pause));
                } catch (StepFailedException e) {
                    assertThat(act).isEqualTo(Act.FAILURE);
                }
                run.step("third", step -> count(node + " goes on"));
            }
        }
        return node;
    }

    private String second(StepContext step, Act act, String node, Runnable pause) {
        count(node + " " + act);
        pause.run();
        switch (act) {
            case FAILURE -> throw new TerminalFailureException(node);
            case ARTIFACT -> step.artifact("made.txt", "document", node);
            case LOG_LINE -> step.log(node);
            default -> {
                // Its result is what it is about to write.
            }
        }
        return node;
    }

    private int count(String what) {
        return executed.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    }

    private void standStill() {
        begun.countDown();
        while (wake.getCount() > 0) {
            try {
                wake.await();
            } catch (InterruptedException e) {
                // A node that stands still does not hear of it.
                Thread.interrupted();
            }
        }
    }

    @Test
    void inv06_an_owner_that_stalls_past_its_lease_and_wakes_up_writes_nothing_and_stops() throws Exception {
        Target target = target();
        StallableStore slow = new StallableStore(target.open());
        Workflow<Act, String> here = workflow("stalled", this::standStill, over::countDown);
        Workflow<Act, String> there = workflow("taken over", () -> {}, () -> {});
        try (AgentRunner stalled = AgentRunner.builder()
                .store(slow)
                .heartbeat(Duration.ofMillis(50), SOON)
                .workflow(here)
                .build()) {
            List<RunHandle> runs = new ArrayList<>();
            for (Act act : Act.values()) {
                runs.add(stalled.submit(here, act));
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            // What precedes the stall is durable, as it would be: the node stands still for seconds.
            Patience.until("all is quiet", SOON, () -> runs.stream().allMatch(run -> isQuiet(slow, run.id())));
            slow.stall();

            List<Seen> before;
            try (AgentRunner other = AgentRunner.builder()
                    .store(target.open())
                    .heartbeat(Duration.ofMillis(100), LEASE)
                    .workflow(there)
                    .build()) {
                for (RunHandle run : runs) {
                    assertThat(other.handle(run.id()).await(String.class, SOON)).isEqualTo("taken over");
                }
                before = runs.stream().map(run -> Seen.of(slow, run.id())).toList();
            }
            wake.countDown();
            Patience.until("all want to write", SOON, () -> slow.wanted().size() == runs.size());
            List<AppendOutcome> outcomes = slow.wakeUp();

            assertThat(outcomes).hasSize(runs.size()).hasOnlyElementsOfType(AppendOutcome.Fenced.class);
            assertThat(over.await(60, TimeUnit.SECONDS))
                    .as("the stalled node's bodies ended")
                    .isTrue();
            RunHandle next = stalled.submit(here, Act.RESULT);
            assertThat(next.await(String.class, SOON)).as("it works on").isEqualTo("stalled");
            assertThat(runs.stream().map(run -> Seen.of(slow, run.id())).toList())
                    .isEqualTo(before)
                    .allSatisfy(seen -> assertThat(seen.events()).doesNotContain("stalled"));
        }
        for (Act act : Act.values()) {
            int times = act == Act.RESULT ? 2 : 1;
            assertThat(executed.get("first " + act)).as("a recorded step").hasValue(times);
        }
        assertThat(executed.get("stalled FAILURE"))
                .as("the body of the stalled")
                .hasValue(1);
        assertThat(executed.get("taken over FAILURE")).as("and of the other").hasValue(1);
        assertThat(executed.get("stalled goes on")).as("only in the next run").hasValue(1);
    }

    /** Whether its last event is the one before the pause. */
    private static boolean isQuiet(Store store, RunId run) {
        List<Event> events = store.log().read(run, 0, 1_000);
        Event last = events.get(events.size() - 1);
        String input = events.get(0).payload().tree().path("input").asText();
        return switch (Act.valueOf(input)) {
            case EVENT, SLEEP, END -> last.type().equals(EventType.STEP_COMPLETED);
            default ->
                last.type().equals(EventType.STEP_STARTED)
                        && last.step() != null
                        && last.step().value().equals("second");
        };
    }

    /** Everything that anybody can see of a run. */
    private record Seen(String events, RunView run, List<StepView> steps, List<ArtifactView> artifacts) {

        static Seen of(Store store, RunId run) {
            return new Seen(
                    store.log().read(run, 0, 1_000).toString(),
                    store.catalog().run(run).orElseThrow(),
                    store.catalog().steps(run),
                    store.catalog().artifacts(run));
        }
    }
}
