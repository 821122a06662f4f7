package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.RunNotFinishedException;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Forks: new runs that begin with what a finished one recorded. */
public abstract class ForkContract extends EngineContract {

    private final ConcurrentHashMap<String, AtomicInteger> executed = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();

    /** A step that counts, gives its name, and fails while its name is among the broken ones. */
    private String work(RunContext run, String name) {
        return run.step(name, String.class, step -> {
            executed.computeIfAbsent(step.id().value(), key -> new AtomicInteger())
                    .incrementAndGet();
            if (broken.contains(step.id().value())) {
                throw new TerminalFailureException("broken");
            }
            return name;
        });
    }

    private int times(String step) {
        return executed.getOrDefault(step, new AtomicInteger()).get();
    }

    private final Workflow<String, String> line =
            workflow("line", String.class, (run, in) -> in + work(run, "a") + work(run, "b") + work(run, "c"));

    @Test
    void a_retry_executes_what_did_not_complete() throws Exception {
        AgentRunner runner = runner(line);
        broken.add("b");
        RunHandle run = runner.submit(line, ">");
        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.FAILED);
        broken.clear();

        RunHandle fork = run.fork(ForkOptions.RETRY);

        assertThat(fork.await(String.class, SOON)).isEqualTo(">abc");
        assertThat(List.of(times("a"), times("b"), times("c"))).containsExactly(1, 2, 1);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(view(runner, fork).spec().lineage().forkedFrom()).isEqualTo(run.id());
        refolded(runner, fork);
    }

    @Test
    void a_fork_from_a_step_executes_it_and_what_followed_also_with_another_input() throws Exception {
        AgentRunner runner = runner(line);
        RunHandle run = runner.submit(line, ">");
        run.await(String.class, SOON);

        RunHandle fork = run.fork(ForkOptions.from("b").input(new Json("\"<\"")));

        assertThat(fork.await(String.class, SOON)).isEqualTo("<abc");
        assertThat(List.of(times("a"), times("b"), times("c"))).containsExactly(1, 2, 2);
        assertThatThrownBy(() -> run.fork(ForkOptions.from("z"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_fork_may_run_another_version() throws Exception {
        Workflow<String, String> better = Workflow.named("line", "2")
                .input(String.class)
                .output(String.class)
                .body((run, in) -> in + work(run, "a") + work(run, "z"));
        AgentRunner runner = runner(line, better);
        RunHandle run = runner.submit(line, ">");
        run.await(String.class, SOON);

        RunHandle fork = run.fork(ForkOptions.from("b").version("2"));

        assertThat(fork.await(String.class, SOON)).isEqualTo(">az");
        assertThat(times("a")).isEqualTo(1);
    }

    @Test
    void a_failure_that_the_workflow_handled_does_not_confuse_a_fork() throws Exception {
        Workflow<String, String> forgiving = workflow("forgiving", String.class, (run, in) -> {
            String out = work(run, "a");
            try {
                out += work(run, "b");
            } catch (StepFailedException e) {
                out += "-";
            }
            return out + work(run, "c") + work(run, "d");
        });
        AgentRunner runner = runner(forgiving);
        broken.addAll(List.of("b", "d"));
        RunHandle run = runner.submit(forgiving, "");
        run.awaitEnd(SOON);
        broken.clear();

        assertThat(run.fork(ForkOptions.from("d")).await(String.class, SOON)).isEqualTo("a-cd");
        assertThat(List.of(times("a"), times("b"), times("c"), times("d"))).containsExactly(1, 1, 1, 2);
        assertThat(run.fork(ForkOptions.RETRY).await(String.class, SOON)).isEqualTo("abcd");
        assertThat(List.of(times("a"), times("b"), times("c"), times("d"))).containsExactly(1, 2, 2, 3);
    }

    @Test
    void a_fork_from_inside_a_branch_keeps_the_other_branches() throws Exception {
        Workflow<String, String> wide = workflow("wide", String.class, (run, in) -> {
            String first = work(run, "both");
            List<String> each = run.map(
                    "both", String.class, List.of(0, 1), 1, (branch, i) -> work(branch, "x") + work(branch, "y"));
            List<String> sides = run.parallel(
                    "sides",
                    String.class,
                    List.of(
                            new Branch<>("left", branch -> work(branch, "x")),
                            new Branch<>("right", branch -> work(branch, "x"))));
            return first + each + sides;
        });
        AgentRunner runner = runner(wide);
        RunHandle run = runner.submit(wide, "");
        String whole = run.await(String.class, SOON);

        assertThat(run.fork(ForkOptions.from("both#2[1]/y")).await(String.class, SOON))
                .isEqualTo(whole);

        assertThat(List.of(times("both"), times("both#2[0]/x"), times("both#2[0]/y"), times("both#2[1]/x")))
                .containsOnly(1);
        assertThat(List.of(times("both#2[1]/y"), times("sides.left/x"), times("sides.right/x")))
                .containsOnly(2);
    }

    @Test
    void a_retry_keeps_what_completed_in_the_branches_of_a_step_that_did_not() throws Exception {
        Workflow<String, String> wide = workflow(
                "wide",
                String.class,
                (run, in) -> run.map(
                                "each",
                                String.class,
                                List.of(0, 1, 2),
                                1,
                                (branch, i) -> work(branch, "x") + work(branch, "y"))
                        .toString());
        AgentRunner runner = runner(wide);
        broken.add("each[1]/y");
        RunHandle run = runner.submit(wide, "");
        run.awaitEnd(SOON);
        broken.clear();

        assertThat(run.fork(ForkOptions.RETRY).await(String.class, SOON)).isEqualTo("[xy, xy, xy]");
        assertThat(List.of(times("each[0]/x"), times("each[0]/y"), times("each[1]/x")))
                .containsOnly(1);
        assertThat(times("each[1]/y")).isEqualTo(2);
    }

    @Test
    void artifacts_and_large_results_outlive_the_run_that_made_them() throws Exception {
        String big = "x".repeat(100_000);
        Workflow<String, Integer> making = workflow("making", Integer.class, (run, in) -> {
            String made = run.step("make", String.class, step -> {
                step.artifact("notes.txt", "document", "noted");
                return big;
            });
            return made.length() + work(run, "b").length();
        });
        AgentRunner runner = runner(making);
        broken.add("b");
        RunHandle run = runner.submit(making, "");
        run.awaitEnd(SOON);
        RunHandle fork = run.fork(ForkOptions.RETRY);
        assertThat(fork.awaitEnd(SOON)).isEqualTo(RunStatus.FAILED);
        broken.clear();

        assertThat(runner.store().retention().purge(run.id())).isTrue();
        runner.store().artifacts().sweep(java.time.Duration.ZERO, runner.store().catalog()::listed);

        assertThatThrownBy(run::status).isInstanceOf(UnknownRunException.class);
        assertThat(fork.fork(ForkOptions.RETRY).await(Integer.class, SOON)).isEqualTo(100_001);
        assertThat(runner.store().catalog().artifacts(fork.id()))
                .extracting(each -> each.artifact().name())
                .containsExactlyInAnyOrder("notes.txt", "make.json");
        for (var each : runner.store().catalog().artifacts(fork.id())) {
            try (var in = runner.store().artifacts().open(each.artifact().blob())) {
                assertThat(in.readAllBytes())
                        .hasSize((int) each.artifact().blob().size());
            }
        }
    }

    @Test
    void only_a_run_that_has_ended_can_be_forked() throws Exception {
        Workflow<String, String> waiting = workflow("waiting", String.class, (run, in) -> run.await("x", String.class));
        AgentRunner runner = runner(waiting);
        RunHandle run = runner.submit(waiting, "");

        assertThatThrownBy(() -> run.fork(ForkOptions.RETRY)).isInstanceOf(RunNotFinishedException.class);
        run.cancel("");
        run.awaitEnd(SOON);
        RunHandle fork = run.fork(ForkOptions.RETRY);
        fork.signal("x", "forked");

        assertThat(fork.await(String.class, SOON)).isEqualTo("forked");
        assertThatThrownBy(() -> run.signal("x", "")).isInstanceOf(RunFinishedException.class);
    }
}
