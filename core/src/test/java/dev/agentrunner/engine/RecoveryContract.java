package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes that die, stall, or are closed: their runs go on elsewhere, and nobody writes who must not. */
public abstract class RecoveryContract extends EngineContract {

    private final Map<String, AtomicInteger> executed = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    private int count(String step) {
        return executed.computeIfAbsent(step, key -> new AtomicInteger()).incrementAndGet();
    }

    /** Executes "first"; its second step hangs at its first execution, after which its node is made to end. */
    private Workflow<String, String> hanging(StepOptions options) {
        return workflow("hanging", String.class, (run, in) -> {
            run.step("first", step -> count("first"));
            try {
                return run.step("second", String.class, options, step -> {
                    if (count("second") == 1) {
                        begun.countDown();
                        awaitStubbornly(testOver);
                        return "too late";
                    }
                    return "second " + step.attempt();
                });
            } catch (StepFailedException e) {
                return e.failure().kind();
            }
        });
    }

    private RunHandle killInSecondStep(Workflow<String, String> workflow) throws Exception {
        FaultyStore doomed = faulty();
        AgentRunner first = start(doomed, quick(), workflow);
        RunHandle run = first.submit(workflow, "");
        await(begun);
        awaitRunning(first, run, "second");
        AgentRunner second = runner(workflow);
        kill(first, doomed, second);
        return second.handle(run.id());
    }

    @Test
    void another_node_goes_on_after_the_last_recorded_step() throws Exception {
        RunHandle run = killInSecondStep(hanging(StepOptions.DEFAULT));

        assertThat(run.await(String.class, SOON)).isEqualTo("second 2");
        assertThat(executed.get("first")).hasValue(1);
        AgentRunner watching = runner();
        assertThat(count(watching, run, "RUN_RECOVERED")).isEqualTo(1);
        assertThat(refolded(watching, run).run().row().recoveries()).isEqualTo(1);
    }

    @Test
    void a_node_that_falls_silent_is_taken_for_dead() throws Exception {
        Workflow<String, String> workflow = hanging(StepOptions.DEFAULT);
        FaultyStore doomed = faulty();
        AgentRunner first = start(doomed, quick().heartbeat(Duration.ofMillis(50), Duration.ofSeconds(60)), workflow);
        RunHandle run = first.submit(workflow, "");
        await(begun);
        awaitRunning(first, run, "second");
        doomed.die();

        AgentRunner second = start(quick().heartbeat(Duration.ofMillis(200), Duration.ofMillis(1500)), workflow);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("second 2");
    }

    @Test
    void a_step_that_must_run_at_most_once_fails_when_its_node_dies() throws Exception {
        RunHandle run = killInSecondStep(hanging(StepOptions.atMostOnce()));

        assertThat(run.await(String.class, SOON)).isEqualTo("interrupted");
        assertThat(executed.get("second")).hasValue(1);
    }

    @Test
    void a_step_that_must_be_asked_for_runs_again_only_when_it_is_approved() throws Exception {
        RunHandle run = killInSecondStep(hanging(StepOptions.atMostOnceOrAsk()));
        AgentRunner watching = runner();
        awaitWaiting(watching, run, Waiting.APPROVAL);
        assertThat(executed.get("second")).hasValue(1);

        run.signal("approval.second", Map.of("approved", true));

        assertThat(run.await(String.class, SOON)).isEqualTo("second 2");
        refolded(watching, run);
    }

    @Test
    void a_step_that_is_not_approved_fails() throws Exception {
        RunHandle run = killInSecondStep(hanging(StepOptions.atMostOnceOrAsk()));
        awaitWaiting(runner(), run, Waiting.APPROVAL);

        run.signal("approval.second", Map.of("approved", false));

        assertThat(run.await(String.class, SOON)).isEqualTo("interrupted");
        assertThat(executed.get("second")).hasValue(1);
    }

    @Test
    void an_owner_that_wakes_up_after_its_run_was_taken_over_writes_nothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Workflow<String, String> workflow = workflow("stalling", String.class, (run, in) -> {
            run.step("first", step -> count("first"));
            String second = run.step("second", String.class, step -> {
                if (count("second") == 1) {
                    begun.countDown();
                    awaitStubbornly(go);
                    done.countDown();
                    step.log("the stalled owner speaks");
                    return "stalled";
                }
                return "taken over";
            });
            run.step("third", step -> count("third " + second));
            return second;
        });
        FaultyStore slow = faulty();
        AgentRunner stalled = start(slow, quick(), workflow);
        RunHandle run = stalled.submit(workflow, "");
        await(begun);
        slow.stall();
        AgentRunner other = runner(workflow);
        other.store().queue().leave(stalled.node());
        assertThat(other.handle(run.id()).await(String.class, SOON)).isEqualTo("taken over");
        int size = log(other, run).size();

        go.countDown();
        await(done);
        slow.recover();

        assertThat(run.await(String.class, SOON)).isEqualTo("taken over");
        RunHandle next = stalled.submit(workflow, "");
        assertThat(next.await(String.class, SOON)).isEqualTo("taken over");
        assertThat(log(other, run)).hasSize(size);
        assertThat(executed).doesNotContainKey("third stalled");
        refolded(other, run);
    }

    @Test
    void a_stalled_owner_stops_its_body_once_it_learns_that_its_run_was_taken_over() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Workflow<String, String> workflow = workflow(
                "stalling",
                String.class,
                (run, in) -> run.step("work", String.class, step -> {
                    if (count("work") == 1) {
                        begun.countDown();
                        step.cancellation().onRequest(interrupted::countDown);
                        testOver.await();
                    }
                    return "";
                }));
        FaultyStore slow = faulty();
        AgentRunner stalled = start(slow, quick(), workflow);
        RunHandle run = stalled.submit(workflow, "");
        await(begun);
        slow.stall();
        AgentRunner other = runner(workflow);
        other.store().queue().leave(stalled.node());
        other.handle(run.id()).await(String.class, SOON);

        slow.recover();

        await(interrupted);
    }

    @Test
    void a_node_that_gets_a_run_again_stops_what_it_began_before_it_lost_it() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Workflow<String, String> workflow = workflow(
                "lost and found",
                String.class,
                (run, in) -> run.step("work", String.class, step -> {
                    if (count("work") == 1) {
                        step.cancellation().onRequest(asked::countDown);
                        begun.countDown();
                        testOver.await();
                    }
                    return "again";
                }));
        // No heartbeat will tell.
        AgentRunner runner =
                start(AgentRunner.builder().heartbeat(Duration.ofMinutes(5), Duration.ofHours(1)), workflow);
        RunHandle run = runner.submit(workflow, "");
        awaitRunning(runner, run, "work");
        await(begun);

        runner.store().queue().leave(runner.node());

        assertThat(run.await(String.class, SOON)).isEqualTo("again");
        await(asked);
    }

    @Test
    void a_run_that_kills_its_nodes_again_and_again_fails() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("x", String.class));
        CountDownLatch[] each = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
        AtomicInteger lives = new AtomicInteger();
        Workflow<String, String> deadly = workflow("deadly", String.class, (run, in) -> {
            run.map(
                    "both",
                    String.class,
                    List.of(0, 1),
                    2,
                    (branch, i) -> i == 0
                            ? branch.call("child", child, "")
                            : branch.step("kill", String.class, step -> {
                                each[lives.getAndIncrement()].countDown();
                                awaitStubbornly(testOver);
                                return "";
                            }));
            return "";
        });
        AgentRunner watching = start(quick().workers(0), deadly, child);
        RunHandle run = watching.submit(deadly, "");
        for (int life = 0; life < 3; life++) {
            FaultyStore doomed = faulty();
            AgentRunner victim = start(doomed, quick().maxRecoveries(2), deadly, child);
            await(each[life]);
            RunHandle inner = ChildrenContract.child(watching, run);
            awaitWaiting(watching, inner, Waiting.SIGNAL);
            kill(victim, doomed, watching);
        }

        start(quick().maxRecoveries(2), deadly, child);

        assertThatThrownBy(() -> run.await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo("max_recoveries"));
        RunHandle inner = ChildrenContract.child(watching, run);
        assertThat(inner.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
        assertThat(first(watching, inner, EventType.RUN_CANCEL_REQUESTED))
                .as("whoever dies in between leaves no child behind")
                .isLessThan(first(watching, run, EventType.RUN_FAILED));
    }

    /** The place in the order of all events of the store of the first event of this type. */
    private static long first(AgentRunner runner, RunHandle run, EventType type) {
        return log(runner, run).stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void a_node_that_is_closed_lets_steps_finish_and_hands_the_rest_over() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> working = workflow("working", String.class, (run, in) -> {
            run.step("first", step -> {
                count("first");
                begun.countDown();
                go.await();
            });
            return run.step("second", String.class, step -> "done by " + count("second"));
        });
        Workflow<String, String> idle = workflow("idle", String.class, (run, in) -> "");
        AgentRunner first = start(quick().drainGrace(SOON), working, idle);
        RunHandle run = first.submit(working, "");
        await(begun);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(first::close);
        // A node that is closing takes nothing new up, so this one is left in the queue.
        eventually(() -> first.submit(idle, "").status() == RunStatus.QUEUED);
        go.countDown();
        closing.join();

        AgentRunner second = runner(working);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("done by 1");
        assertThat(executed.get("first")).hasValue(1);
        assertThat(count(second, run, "RUN_RECOVERED")).isZero();
    }

    @Test
    void a_step_that_a_closing_node_cannot_wait_for_is_handed_over_and_counts_as_no_recovery() throws Exception {
        Workflow<String, String> working = hanging(StepOptions.DEFAULT);
        AgentRunner first = runner(working);
        RunHandle run = first.submit(working, "");
        await(begun);
        first.close();

        AgentRunner second = runner(working);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("second 2");
        assertThat(count(second, run, "RUN_RECOVERED")).isZero();
        refolded(second, run);
    }
}
