package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** INV-12: a replay that meets changed code says what it expected and what it found. */
public abstract class ChangedCodeContract extends EngineContract {

    private interface Code {
        void run(RunContext run);
    }

    private static void step(RunContext run, String name) {
        run.step(name, step -> {});
    }

    private static Workflow<String, String> code(Code code) {
        return workflow("changing", String.class, (run, in) -> {
            code.run(run);
            return "done";
        });
    }

    private static final Code ORIGINAL = run -> {
        step(run, "a");
        step(run, "b");
        run.map("each", String.class, List.of("x"), 1, (branch, item) -> {
            step(branch, "c");
            return item;
        });
        run.await("go", String.class);
    };

    private RunHandle continuedWith(Code changed) throws Exception {
        AgentRunner before = runner(code(ORIGINAL));
        RunHandle run = before.submit(code(ORIGINAL), "");
        awaitWaiting(before, run, Waiting.SIGNAL);
        run.signal("other", "");
        before.close();
        AgentRunner after = runner(code(changed));
        RunHandle same = after.handle(run.id());
        same.signal("go", "");
        same.awaitEnd(SOON);
        after.close();
        return runner().handle(run.id());
    }

    private void assertRefused(Code changed, String expected, String found) throws Exception {
        RunHandle run = continuedWith(changed);
        AgentRunner watching = runner();
        RunFact ending = refolded(watching, run).run().ending();
        assertThat(ending).isInstanceOf(RunFact.Failed.class);
        Failure failure = ((RunFact.Failed) ending).failure();
        assertThat(failure.kind()).isEqualTo("non_deterministic_workflow");
        assertThat(failure.message()).contains("expected " + expected + ", found " + found);
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void the_same_code_and_code_with_more_at_its_end_goes_on() throws Exception {
        assertThat(continuedWith(ORIGINAL).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(continuedWith(run -> {
                            ORIGINAL.run(run);
                            step(run, "more");
                        })
                        .status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void a_renamed_step_is_refused() throws Exception {
        assertRefused(run -> step(run, "z"), "step a", "step z");
    }

    @Test
    void a_removed_step_is_refused_also_the_last_one() throws Exception {
        assertRefused(run -> step(run, "b"), "step a", "step b");
        assertRefused(
                run -> {
                    step(run, "a");
                    step(run, "b");
                },
                "step each",
                "the end of the workflow");
    }

    @Test
    void an_added_step_is_refused() throws Exception {
        assertRefused(
                run -> {
                    step(run, "a");
                    step(run, "new");
                },
                "step b",
                "step new");
    }

    @Test
    void reordered_steps_are_refused() throws Exception {
        assertRefused(
                run -> {
                    step(run, "b");
                    step(run, "a");
                },
                "step a",
                "step b");
    }

    @Test
    void a_step_of_another_kind_is_refused() throws Exception {
        assertRefused(
                run -> run.await("a", String.class, Duration.ofMillis(1)), "step a of kind step", "one of kind await");
        assertRefused(
                run -> {
                    step(run, "a");
                    run.parallel("b", String.class, List.of());
                },
                "step b of kind step",
                "one of kind parallel");
    }

    @Test
    void a_workflow_that_catches_the_exception_does_not_go_on_all_the_same() throws Exception {
        assertRefused(
                run -> {
                    try {
                        step(run, "z");
                    } catch (RuntimeException e) {
                        step(run, "rescue");
                    }
                },
                "step a",
                "step z");
        assertRefused(
                run -> {
                    try {
                        step(run, "z");
                    } catch (RuntimeException e) {
                        run.log("never mind");
                    }
                },
                "step a",
                "step z");
    }

    @Test
    void changed_code_in_a_branch_that_is_not_done_is_refused() throws Exception {
        Workflow<String, String> original = workflow(
                "branching",
                String.class,
                (run, in) -> run.map("each", String.class, List.of("x"), 1, (branch, item) -> {
                            step(branch, "c");
                            return branch.await("go", String.class);
                        })
                        .toString());
        Workflow<String, String> changed = workflow("branching", String.class, (run, in) -> {
            try {
                return run.map("each", String.class, List.of("x"), 1, (branch, item) -> {
                            step(branch, "d");
                            return branch.await("go", String.class);
                        })
                        .toString();
            } catch (RuntimeException e) {
                return "went on";
            }
        });
        AgentRunner before = runner(original);
        RunHandle run = before.submit(original, "");
        awaitWaiting(before, run, Waiting.SIGNAL);
        before.close();
        AgentRunner after = runner(changed);
        RunHandle same = after.handle(run.id());
        same.signal("go", "");

        assertThat(same.awaitEnd(SOON)).isEqualTo(RunStatus.FAILED);
        assertThat(log(after, run).toString()).contains("expected step each[0]/c, found step each[0]/d");
        assertThat(types(after, run)).doesNotContain("STEP_FAILED");
    }
}
