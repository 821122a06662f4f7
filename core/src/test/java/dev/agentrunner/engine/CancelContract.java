package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunCanceledException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** INV-9: a cancel always ends the run, and nothing is recorded afterwards. */
public abstract class CancelContract extends EngineContract {

    private final CountDownLatch begun = new CountDownLatch(1);

    private static void assertCanceled(AgentRunner runner, RunHandle run) throws Exception {
        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
        assertThat(types(runner, run)).endsWith("RUN_CANCELED");
        refolded(runner, run);
    }

    @Test
    void a_queued_run_is_canceled_at_once() throws Exception {
        Workflow<String, String> any = workflow("any", String.class, (run, in) -> in);
        AgentRunner runner = start(quick().workers(0), any);
        RunHandle run = runner.submit(any, "");

        run.cancel("not wanted");
        run.cancel("again");

        assertThatThrownBy(() -> run.await(String.class, SOON))
                .isInstanceOf(RunCanceledException.class)
                .hasMessageContaining("not wanted");
        assertThat(types(runner, run)).containsExactly("RUN_QUEUED", "RUN_CANCEL_REQUESTED", "RUN_CANCELED");
    }

    @Test
    void a_body_learns_of_the_cancel_by_interrupt_and_by_its_token() throws Exception {
        AtomicReference<Boolean> told = new AtomicReference<>();
        Workflow<String, String> working = workflow(
                "working",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    s.cancellation().onRequest(() -> told.set(true));
                    begun.countDown();
                    testOver.await();
                    return "";
                }));
        AgentRunner runner = runner(working);
        RunHandle run = runner.submit(working, "");
        await(begun);

        run.cancel("enough");

        assertCanceled(runner, run);
        assertThat(told).hasValue(true);
        assertThat(types(runner, run)).contains("STEP_CANCELED").doesNotContain("STEP_FAILED");
    }

    @Test
    void a_body_that_ignores_the_cancel_is_left_behind_and_records_nothing_more() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch after = new CountDownLatch(1);
        AtomicInteger further = new AtomicInteger();
        Workflow<String, String> stubborn = workflow("stubborn", String.class, (run, in) -> {
            run.step("work", String.class, s -> {
                begun.countDown();
                awaitStubbornly(go);
                after.countDown();
                s.log("still here");
                s.artifact("late.txt", "document", "late");
                return "late";
            });
            further.incrementAndGet();
            return "";
        });
        AgentRunner runner = start(quick().cancelGrace(Duration.ofMillis(50)).workers(1), stubborn);
        RunHandle run = runner.submit(stubborn, "");
        await(begun);

        run.cancel("enough");
        assertCanceled(runner, run);
        int size = log(runner, run).size();
        go.countDown();
        await(after);
        RunHandle next = runner.submit(stubborn, "");

        assertThat(next.awaitEnd(SOON)).isEqualTo(RunStatus.COMPLETED);
        assertThat(log(runner, run)).hasSize(size);
        assertThat(further).hasValue(1);
        assertThat(runner.store().catalog().artifacts(run.id())).isEmpty();
    }

    @Test
    void a_cancel_during_the_pause_before_a_retry_ends_the_run() throws Exception {
        Workflow<String, String> failing = workflow(
                "failing",
                String.class,
                (run, in) -> run.step(
                        "try",
                        String.class,
                        StepOptions.retry(RetryPolicy.attempts(3)
                                .backoff(Duration.ofHours(1))
                                .jitter(0)),
                        step -> {
                            throw new IllegalStateException("no");
                        }));
        AgentRunner runner = runner(failing);
        RunHandle run = runner.submit(failing, "");
        awaitWaiting(runner, run, Waiting.RETRY);

        run.cancel("enough");

        assertCanceled(runner, run);
        assertThat(count(runner, run, "STEP_STARTED")).isEqualTo(1);
    }

    @Test
    void a_run_that_waits_is_canceled_even_if_no_node_has_room_for_it() throws Exception {
        Workflow<String, String> waiting = workflow("waiting", String.class, (run, in) -> run.await("x", String.class));
        Workflow<String, String> busy = workflow(
                "busy",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    begun.countDown();
                    testOver.await();
                    return "";
                }));
        AgentRunner runner = start(quick().workers(1), waiting, busy);
        RunHandle run = runner.submit(waiting, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        RunHandle paused = runner.submit(waiting, "");
        paused.pause("");
        eventually(() -> view(runner, paused).state().waiting() != null);
        runner.submit(busy, "");
        await(begun);

        run.cancel("enough");
        paused.cancel("enough");

        assertCanceled(runner, run);
        assertCanceled(runner, paused);
    }

    @Test
    void a_cancel_by_force_from_another_node_ends_the_run_at_once() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Workflow<String, String> stubborn = workflow(
                "stubborn",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    begun.countDown();
                    awaitStubbornly(go);
                    left.countDown();
                    return "late";
                }));
        AgentRunner executing = runner(stubborn);
        AgentRunner other = start(quick().workers(0), stubborn);
        RunHandle run = executing.submit(stubborn, "");
        await(begun);

        other.handle(run.id()).cancelNow("now");

        assertThat(view(other, run).state().status()).isEqualTo(RunStatus.CANCELED);
        int size = log(other, run).size();
        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
        go.countDown();
        await(left);
        executing.close();
        assertThat(log(other, run)).hasSize(size);
        refolded(other, run);
    }

    @Test
    void a_forced_cancel_may_follow_one_that_asked() throws Exception {
        Workflow<String, String> stubborn = workflow(
                "stubborn",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    begun.countDown();
                    awaitStubbornly(testOver);
                    return "late";
                }));
        AgentRunner runner = runner(stubborn);
        RunHandle run = runner.submit(stubborn, "");
        await(begun);

        run.cancel("please");
        run.cancelNow("now");

        assertCanceled(runner, run);
        run.cancelNow("again");
        assertThat(count(runner, run, "RUN_CANCEL_REQUESTED")).isEqualTo(2);
    }

    @Test
    void a_body_outside_steps_that_never_ends_does_not_hold_up_the_cancel() throws Exception {
        Workflow<String, String> spinning = workflow("spinning", String.class, (run, in) -> {
            begun.countDown();
            awaitStubbornly(testOver);
            return "";
        });
        AgentRunner runner = start(quick().cancelGrace(Duration.ofMillis(50)), spinning);
        RunHandle run = runner.submit(spinning, "");
        await(begun);

        run.cancel("enough");

        assertCanceled(runner, run);
    }

    @Test
    void children_are_canceled_with_their_parent_whether_asked_or_forced() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("x", String.class));
        Workflow<String, String> middle = workflow("middle", String.class, (run, in) -> run.call("child", child, in));
        Workflow<String, String> parent = workflow("parent", String.class, (run, in) -> run.call("middle", middle, in));
        AgentRunner runner = runner(child, middle, parent);
        for (boolean force : new boolean[] {false, true}) {
            RunHandle run = runner.submit(parent, "");
            RunHandle inner = ChildrenContract.child(runner, run);
            RunHandle innermost = ChildrenContract.child(runner, inner);
            awaitWaiting(runner, innermost, Waiting.SIGNAL);
            awaitWaiting(runner, run, Waiting.CHILD);

            if (force) {
                run.cancelNow("enough");
            } else {
                run.cancel("enough");
            }

            assertCanceled(runner, run);
            assertCanceled(runner, inner);
            assertCanceled(runner, innermost);
        }
    }
}
