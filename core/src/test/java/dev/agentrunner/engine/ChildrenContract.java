package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Child runs: started once, waited for without a thread, and never left alone. */
public abstract class ChildrenContract extends EngineContract {

    /** The only child of a run, once it exists. */
    static RunHandle child(AgentRunner runner, RunHandle parent) throws Exception {
        RunQuery query = RunQuery.ALL.family(new Lineage(parent.id(), null));
        eventually(() -> !runner.store().catalog().runs(query).items().isEmpty());
        return runner.handle(runner.store().catalog().runs(query).items().get(0).id());
    }

    @Test
    void a_child_gives_its_output_and_its_parent_waits_without_being_held() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> child = workflow(
                "child",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    go.await();
                    return in + "!";
                }));
        Workflow<String, String> parent =
                workflow("parent", String.class, (run, in) -> run.call("child", child, in) + "?");
        // With room for one run at a time, the child can execute only when the parent has let go.
        AgentRunner runner = start(quick().workers(1), child, parent);
        RunHandle run = runner.submit(parent, "hi");
        awaitWaiting(runner, run, Waiting.CHILD);
        assertThat(view(runner, run).owner().node()).isNull();
        assertThat(runner.store().queue().held(runner.node())).doesNotContainKey(run.id());

        go.countDown();

        assertThat(run.await(String.class, SOON)).isEqualTo("hi!?");
        assertThat(child(runner, run).await(String.class, SOON)).isEqualTo("hi!");
        refolded(runner, run);
    }

    @Test
    void a_failed_child_fails_the_call_and_the_parent_may_go_on() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> {
            throw new TerminalFailureException("broken " + in);
        });
        Workflow<String, String> forgiving = workflow("forgiving", String.class, (run, in) -> {
            try {
                return run.call("child", child, in);
            } catch (StepFailedException e) {
                return "saw: " + e.failure().message();
            }
        });
        Workflow<String, String> strict = workflow("strict", String.class, (run, in) -> run.call("child", child, in));
        AgentRunner runner = runner(child, forgiving, strict);

        assertThat(runner.submit(forgiving, "toy").await(String.class, SOON)).contains("broken toy");
        assertThatThrownBy(() -> runner.submit(strict, "toy").await(String.class, SOON))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("broken toy");
    }

    @Test
    void a_canceled_child_fails_the_call() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("x", String.class));
        Workflow<String, String> parent = workflow("parent", String.class, (run, in) -> run.call("child", child, in));
        AgentRunner runner = runner(child, parent);
        RunHandle run = runner.submit(parent, "");

        child(runner, run).cancel("not this one");

        assertThatThrownBy(() -> run.await(String.class, SOON)).hasMessageContaining("was canceled");
    }

    @Test
    void a_parent_that_fails_cancels_the_children_that_it_does_not_wait_for_any_more() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("x", String.class));
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> parent = workflow("parent", String.class, (run, in) -> {
            run.map(
                    "both",
                    String.class,
                    List.of(0, 1),
                    2,
                    (branch, i) -> i == 0
                            ? branch.call("child", child, in)
                            : branch.step("work", String.class, s -> {
                                go.await();
                                throw new TerminalFailureException("broken");
                            }));
            return "";
        });
        AgentRunner runner = start(quick(), child, parent);
        RunHandle run = runner.submit(parent, "");
        RunHandle inner = child(runner, run);
        awaitWaiting(runner, inner, Waiting.SIGNAL);
        go.countDown();
        awaitEvent(runner, run, "STEP_FAILED");

        run.cancel("enough");

        assertThat(inner.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_child_whose_log_this_node_cannot_read_keeps_its_parent_from_nothing() throws Exception {
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("x", String.class));
        Workflow<String, String> parent = workflow("parent", String.class, (run, in) -> run.call("child", child, in));
        AgentRunner runner = runner(child, parent);
        RunHandle run = runner.submit(parent, "");
        RunHandle inner = child(runner, run);
        awaitWaiting(runner, inner, Waiting.SIGNAL);
        RunView view = view(runner, inner);
        NewEvent strange = new NewEvent(EventType.RUN_SIGNALED, null, Json.EMPTY, Actor.SYSTEM);
        Projection asBefore = new Projection(view.state(), Ready.never(), List.of(), List.of(), List.of(), Map.of());
        runner.store()
                .log()
                .append(new Commit(inner.id(), Fence.outside(), view.totals().lastSeq(), List.of(strange), asBefore))
                .join();

        run.cancel("enough");

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void many_children_at_once_each_give_their_own_output() throws Exception {
        Workflow<Integer, Integer> square = Workflow.named("square", "1")
                .input(Integer.class)
                .output(Integer.class)
                .body((run, n) -> run.step("multiply", Integer.class, step -> n * n));
        Workflow<Integer, Integer> sum = Workflow.named("sum", "1")
                .input(Integer.class)
                .output(Integer.class)
                .body((run, n) -> run
                        .map(
                                "squares",
                                Integer.class,
                                IntStream.range(0, n).boxed().toList(),
                                8,
                                (branch, i) -> branch.call("square", square, i))
                        .stream()
                        .mapToInt(i -> i)
                        .sum());
        AgentRunner runner = start(quick().workers(4), square, sum);

        assertThat(runner.submit(sum, 20).await(Integer.class, SOON)).isEqualTo(2470);
    }
}
