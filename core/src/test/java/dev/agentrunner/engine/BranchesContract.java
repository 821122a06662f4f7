package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Branches: side by side, each with its own names, and one failure for the whole. */
public abstract class BranchesContract extends EngineContract {

    private static List<Integer> upTo(int n) {
        return IntStream.range(0, n).boxed().toList();
    }

    @Test
    void branches_run_at_the_same_time() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Workflow<String, String> meeting = workflow("meeting", String.class, (run, in) -> {
            Branch<String> left = new Branch<>(
                    "left",
                    branch -> branch.step("meet", String.class, step -> {
                        both.countDown();
                        both.await();
                        return "l";
                    }));
            return String.join(
                    "", run.parallel("meet", String.class, List.of(left, new Branch<>("right", left.body()))));
        });
        AgentRunner runner = runner(meeting);

        RunHandle run = runner.submit(meeting, "");

        assertThat(run.await(String.class, SOON)).isEqualTo("ll");
        assertThat(runner.store().catalog().steps(run.id()))
                .extracting(step -> step.step().id().value())
                .containsExactlyInAnyOrder("meet", "meet.left/meet", "meet.right/meet");
    }

    @Test
    void branches_of_branches_with_waits_in_them_give_their_results_in_order() throws Exception {
        Workflow<String, String> nested = workflow(
                "nested",
                String.class,
                (run, in) -> run.map(
                                "outer",
                                String.class,
                                upTo(3),
                                2,
                                (outer, i) -> i
                                        + outer.map("inner", Integer.class, upTo(4), 3, (inner, j) -> {
                                                    inner.sleep(Duration.ofMillis((7 * i + 5 * j) % 9));
                                                    int found = inner.step("one", Integer.class, step -> 10 * i + j);
                                                    return inner.await("go", Integer.class) * 0 + found;
                                                })
                                                .toString())
                        .toString());
        AgentRunner runner = runner(nested);
        RunHandle run = runner.submit(nested, "");
        for (int i = 0; i < 12; i++) {
            run.signal("go", i);
        }

        assertThat(run.await(String.class, SOON)).isEqualTo("[0[0, 1, 2, 3], 1[10, 11, 12, 13], 2[20, 21, 22, 23]]");
        refolded(runner, run);
    }

    @Test
    void no_more_branches_than_allowed_are_at_work() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        Workflow<String, String> bounded = workflow("bounded", String.class, (run, in) -> {
            run.map(
                    "item",
                    Integer.class,
                    upTo(12),
                    3,
                    (branch, i) -> branch.step("work", Integer.class, step -> {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        three.countDown();
                        three.await();
                        underWay.decrementAndGet();
                        return i;
                    }));
            return "";
        });
        AgentRunner runner = runner(bounded);

        runner.submit(bounded, "").await(String.class, SOON);

        assertThat(most).hasValue(3);
    }

    @Test
    void the_first_failed_branch_in_order_is_the_failure_and_those_under_way_finish() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        Workflow<String, String> failing = workflow("failing", String.class, (run, in) -> {
            try {
                run.map("item", Integer.class, upTo(50), 2, (branch, i) -> {
                    begun.incrementAndGet();
                    branch.log("branch " + i);
                    return branch.step("work", Integer.class, step -> {
                        if (i == 1) {
                            failed.countDown();
                            throw new TerminalFailureException("one");
                        }
                        failed.await();
                        throw new TerminalFailureException("zero");
                    });
                });
                return "none failed";
            } catch (StepFailedException e) {
                return e.step() + ": " + e.failure().message();
            }
        });
        AgentRunner runner = runner(failing);
        RunHandle run = runner.submit(failing, "");

        assertThat(run.await(String.class, SOON)).isEqualTo("item: zero");
        assertThat(begun.get()).isLessThan(50);
        assertThat(runner.store().catalog().steps(run.id()))
                .extracting(step -> step.step().status())
                .doesNotContain(StepStatus.RUNNING);
    }

    @Test
    void a_step_next_to_a_branch_that_waits_is_not_executed_again_after_the_wait() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        Workflow<String, String> mixed = workflow(
                "mixed",
                String.class,
                (run, in) -> String.join(
                        "",
                        run.parallel(
                                "mixed",
                                String.class,
                                List.of(
                                        new Branch<>("wait", branch -> branch.await("go", String.class)),
                                        new Branch<>(
                                                "work",
                                                branch -> branch.step("work", String.class, step -> {
                                                    executed.incrementAndGet();
                                                    return "done";
                                                }))))));
        AgentRunner runner = runner(mixed);
        RunHandle run = runner.submit(mixed, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        run.signal("go", "went ");

        assertThat(run.await(String.class, SOON)).isEqualTo("went done");
        assertThat(executed).hasValue(1);
    }

    @Test
    void names_that_would_make_two_steps_look_the_same_are_refused() throws Exception {
        Workflow<String, String> naming = workflow("naming", String.class, (run, in) -> {
            Branch<String> one = new Branch<>(in, branch -> "");
            run.parallel("both", String.class, in.equals("twice") ? List.of(one, one) : List.of(one));
            return "";
        });
        AgentRunner runner = runner(naming);

        assertThat(runner.submit(naming, "fine").await(String.class, SOON)).isEmpty();
        for (String bad : List.of("twice", "a.b", "a/b", "a#2", "a[0]", " ", "a\nb")) {
            assertThatThrownBy(() -> runner.submit(naming, bad).await(String.class, SOON))
                    .as(bad)
                    .isInstanceOf(RunFailedException.class);
        }
    }

    @Test
    void nothing_and_one_thing_are_branches_too() throws Exception {
        Workflow<String, String> few = workflow(
                "few",
                String.class,
                (run, in) -> ""
                        + run.parallel("none", String.class, List.of())
                        + run.map("nothing", String.class, List.of(), 5, (branch, i) -> "x")
                        + run.map("one", String.class, List.of("a"), 5, (branch, i) -> i));
        AgentRunner runner = runner(few);

        assertThat(runner.submit(few, "").await(String.class, SOON)).isEqualTo("[][][a]");
    }

    @Test
    void more_branches_than_threads_are_worked_off_all_the_same() throws Exception {
        Workflow<String, Integer> many = workflow(
                "many",
                Integer.class,
                (run, in) -> run
                        .map(
                                "outer",
                                Integer.class,
                                upTo(20),
                                20,
                                (outer, i) -> outer.map(
                                                "inner",
                                                Integer.class,
                                                upTo(20),
                                                20,
                                                (inner, j) -> inner.step("one", Integer.class, step -> 1))
                                        .size())
                        .stream()
                        .mapToInt(i -> i)
                        .sum());
        AgentRunner runner = start(quick().workers(1), many);

        assertThat(runner.submit(many, "").await(Integer.class, SOON)).isEqualTo(400);
    }
}
