package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Steps: recorded once, retried as asked, failed for good when nothing helps. */
public abstract class StepsContract extends EngineContract {

    record Person(String name) {}

    @Test
    void a_run_executes_its_steps_and_gives_its_output() throws Exception {
        Workflow<Person, String> greet = Workflow.named("greet", "1")
                .input(Person.class)
                .output(String.class)
                .body((run, person) -> {
                    String text = run.step("draft", String.class, step -> "Hello " + person.name());
                    return run.step("polish", String.class, step -> text + "!");
                });
        AgentRunner runner = runner(greet);

        RunHandle run = runner.submit(greet, new Person("Ada"));

        assertThat(run.await(String.class, SOON)).isEqualTo("Hello Ada!");
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(types(runner, run))
                .containsExactly(
                        "RUN_QUEUED",
                        "RUN_STARTED",
                        "STEP_STARTED",
                        "STEP_COMPLETED",
                        "STEP_STARTED",
                        "STEP_COMPLETED",
                        "RUN_COMPLETED");
    }

    @Test
    void a_step_is_retried_until_it_succeeds() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        StepOptions options = StepOptions.retry(
                RetryPolicy.attempts(5).backoff(Duration.ofMillis(1)).maxBackoff(Duration.ofMillis(2)));
        Workflow<String, Integer> flaky = Workflow.named("flaky", "1")
                .input(String.class)
                .output(Integer.class)
                .body((run, in) -> run.step("try", Integer.class, options, step -> {
                    if (calls.incrementAndGet() < 4) {
                        throw new IllegalStateException("not yet");
                    }
                    return step.attempt();
                }));
        AgentRunner runner = runner(flaky);

        RunHandle run = runner.submit(flaky, "");

        assertThat(run.await(Integer.class, SOON)).isEqualTo(4);
        assertThat(types(runner, run).stream().filter("STEP_ATTEMPT_FAILED"::equals))
                .hasSize(3);
    }

    @Test
    void a_terminal_failure_is_not_retried_and_fails_the_run() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Workflow<String, String> broken = Workflow.named("broken", "1")
                .input(String.class)
                .output(String.class)
                .body((run, in) -> run.step("try", String.class, StepOptions.retry(RetryPolicy.attempts(5)), step -> {
                    calls.incrementAndGet();
                    throw new TerminalFailureException("no use");
                }));
        AgentRunner runner = runner(broken);

        RunHandle run = runner.submit(broken, "");

        assertThatThrownBy(() -> run.await(String.class, SOON))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("no use");
        assertThat(calls).hasValue(1);
    }

    @Test
    void an_attempt_that_takes_too_long_is_interrupted_and_fails() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Workflow<String, String> slow = Workflow.named("slow", "1")
                .input(String.class)
                .output(String.class)
                .body((run, in) ->
                        run.step("wait", String.class, StepOptions.DEFAULT.timeout(Duration.ofMillis(50)), step -> {
                            never.await();
                            return "";
                        }));
        AgentRunner runner = runner(slow);

        RunHandle run = runner.submit(slow, "");

        assertThatThrownBy(() -> run.await(String.class, SOON)).hasMessageContaining("longer than the allowed");
    }

    @Test
    void a_body_that_ignores_its_timeout_does_not_hold_up_the_run() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Workflow<String, String> stubborn = Workflow.named("stubborn", "1")
                .input(String.class)
                .output(String.class)
                .body((run, in) ->
                        run.step("wait", String.class, StepOptions.DEFAULT.timeout(Duration.ofMillis(20)), step -> {
                            awaitStubbornly(never);
                            return "too late";
                        }));
        AgentRunner runner = start(AgentRunner.builder().cancelGrace(Duration.ofMillis(20)), stubborn);

        RunHandle run = runner.submit(stubborn, "");

        try {
            assertThatThrownBy(() -> run.await(String.class, SOON)).hasMessageContaining("longer than the allowed");
        } finally {
            never.countDown();
        }
    }

    @Test
    void branches_run_side_by_side_and_their_results_keep_their_order() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Workflow<Integer, Integer> sum = Workflow.named("sum", "1")
                .input(Integer.class)
                .output(Integer.class)
                .body((run, n) -> {
                    List<Integer> items =
                            java.util.stream.IntStream.range(0, n).boxed().toList();
                    List<Integer> squares = run.map(
                            "square",
                            Integer.class,
                            items,
                            3,
                            (branch, item) -> branch.step("one", Integer.class, step -> {
                                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                                Thread.yield();
                                underWay.decrementAndGet();
                                return item * item;
                            }));
                    assertThat(squares).isEqualTo(items.stream().map(i -> i * i).toList());
                    return squares.stream().mapToInt(i -> i).sum();
                });
        AgentRunner runner = runner(sum);

        assertThat(runner.submit(sum, 20).await(Integer.class, SOON)).isEqualTo(2470);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }
}
