package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces as runs use them: versioned with the log. */
class WorkspaceRunsTest {

    @TempDir
    Path folder;

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    static void write(StepContext step, String path, String text) {
        step.workspace().files().write(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Workflow<String, String> workflow(WorkspacePolicy policy, Workflow.Body<String, String> body) {
        return Workflow.named("work", "1")
                .workspace(policy)
                .input(String.class)
                .output(String.class)
                .body(body);
    }

    private static Workflow<String, String> workflow(Workflow.Body<String, String> body) {
        return workflow(WorkspacePolicy.DEFAULT, body);
    }

    private static String read(RunContext run, String path) {
        return new String(run.workspace().files().read(path), StandardCharsets.UTF_8);
    }

    private List<Event> changes(Nodes.Node node, RunHandle run) {
        return node.log(run).stream()
                .filter(event -> event.type().name().equals("WORKSPACE_CHANGED"))
                .toList();
    }

    @Test
    void what_a_step_changes_is_recorded_with_its_outcome_and_kept() throws Exception {
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("first", step -> {
                write(step, "a.txt", "one");
                write(step, "b/c.txt", "two");
                write(step, "target/out.class", "ignored");
            });
            run.step("nothing", step -> step.workspace().files().list(""));
            run.step("second", step -> {
                write(step, "a.txt", "three");
                step.workspace().files().delete("b/c.txt");
            });
            return read(run, "a.txt");
        });
        Nodes.Node node = nodes.start(folder, workflow);
        RunHandle run = node.submit(workflow);

        assertThat(run.await(String.class, Nodes.SOON)).isEqualTo("three");
        assertThat(changes(node, run))
                .extracting(event -> event.step() + " " + event.payload().tree().path("added") + " "
                        + event.payload().tree().path("modified") + " "
                        + event.payload().tree().path("removed"))
                .containsExactly("first [\"a.txt\",\"b/c.txt\"]  ", "second  [\"a.txt\"] [\"b/c.txt\"]");
        assertThat(node.artifacts(run, "workspace"))
                .containsExactly("first a.txt one", "first b/c.txt two", "second a.txt three");
        List<String> types =
                node.log(run).stream().map(event -> event.type().name()).toList();
        int told = types.indexOf("WORKSPACE_CHANGED");
        assertThat(types.subList(told - 4, told + 2))
                .as("in one commit with the outcome")
                .containsExactly(
                        "STEP_STARTED",
                        "ARTIFACT_CREATED",
                        "ARTIFACT_CREATED",
                        "ARTIFACT_CREATED",
                        "WORKSPACE_CHANGED",
                        "STEP_COMPLETED");
    }

    @Test
    void a_failed_attempt_is_undone_before_the_next_one_and_the_last_one_stays() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        StepOptions twice = StepOptions.retry(RetryPolicy.attempts(2).backoff(Duration.ofMillis(1)));
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("base", step -> write(step, "kept", "base"));
            run.step("fails", twice, step -> {
                assertThat(step.workspace().files().list("")).containsExactly("kept");
                write(step, "debris-" + attempts.incrementAndGet(), "x");
                write(step, "kept", "spoilt");
                throw new IllegalStateException("on purpose");
            });
            return "";
        });
        Nodes.Node node = nodes.start(folder, workflow);
        RunHandle run = node.submit(workflow);

        assertThatThrownBy(() -> run.await(String.class, Nodes.SOON)).isInstanceOf(RunFailedException.class);
        assertThat(attempts).hasValue(2);
        assertThat(node.files(run)).containsExactly("debris-2", "kept");
        assertThat(changes(node, run)).extracting(event -> event.step().value()).containsExactly("base", "fails");
    }

    @Test
    void debris_of_an_interrupted_step_is_undone_unless_the_workflow_wants_it() throws Exception {
        for (boolean putBack : new boolean[] {true, false}) {
            CountDownLatch written = new CountDownLatch(1);
            AtomicInteger attempts = new AtomicInteger();
            Workflow<String, String> workflow = workflow(WorkspacePolicy.DEFAULT.putBack(putBack), (run, in) -> {
                run.step("base", step -> write(step, "base", "1"));
                run.step("work", step -> {
                    if (attempts.incrementAndGet() == 1) {
                        write(step, "debris", "x");
                        written.countDown();
                        new CountDownLatch(1).await();
                    }
                });
                return String.join(",", run.workspace().files().list(""));
            });
            Path place = folder.resolve(Boolean.toString(putBack));
            Nodes.Node first = nodes.start(place, workflow);
            RunHandle run = first.submit(workflow);
            written.await();
            first.kill();

            Nodes.Node second = nodes.start(place, workflow);
            assertThat(second.handle(run).await(String.class, Nodes.SOON)).isEqualTo(putBack ? "base" : "base,debris");
            second.close();
        }
    }

    @Test
    void a_run_that_was_elsewhere_meanwhile_finds_the_files_of_its_last_step() throws Exception {
        Workflow<String, String> workflow = workflow(WorkspacePolicy.DEFAULT.putBack(false), (run, in) -> {
            run.step("one", step -> write(step, "f", "1"));
            run.await("go", String.class);
            run.step("two", step -> write(step, "f", "2"));
            run.await("go", String.class);
            return read(run, "f");
        });
        Nodes.Node here = nodes.start(folder.resolve("here"), workflow);
        RunHandle run = here.submit(workflow);
        here.awaitEvent(run, "RUN_SUSPENDED", 1);
        here.close();
        Nodes.Node there = nodes.start(folder.resolve("there"), workflow);
        there.handle(run).signal("go", "");
        there.awaitEvent(run, "RUN_SUSPENDED", 2);
        there.close();

        Nodes.Node again = nodes.start(folder.resolve("here"), workflow);
        again.handle(run).signal("go", "");

        assertThat(again.handle(run).await(String.class, Nodes.SOON)).isEqualTo("2");
    }

    @Test
    void a_fork_begins_with_the_files_as_they_were_before_its_step() throws Exception {
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("one", step -> write(step, "f", "1"));
            run.step("two", step -> write(step, "g", "2"));
            run.step("three", step -> write(step, "f", "3"));
            return read(run, "f") + String.join(",", run.workspace().files().list(""));
        });
        Nodes.Node node = nodes.start(folder, workflow);
        RunHandle run = node.submit(workflow);
        assertThat(run.await(String.class, Nodes.SOON)).isEqualTo("3f,g");

        RunHandle fork = run.fork(ForkOptions.from("two"));

        assertThat(fork.await(String.class, Nodes.SOON)).isEqualTo("3f,g");
        assertThat(changes(node, fork))
                .extracting(event -> event.step() + " " + event.payload().tree().path("files"))
                .containsExactly("one 1", "two 2", "three 2");
        assertThat(node.files(fork)).containsExactly("f", "g");
    }

    @Test
    void steps_that_overlap_lose_nothing() throws Exception {
        Workflow<String, String> workflow = workflow((run, in) -> {
            List<Integer> numbers =
                    java.util.stream.IntStream.range(0, 12).boxed().toList();
            run.map("all", Integer.class, numbers, 6, (branch, n) -> {
                branch.step("write", step -> write(step, "dir/" + n, "n" + n));
                return n;
            });
            return String.valueOf(run.workspace().files().list("dir").size());
        });
        Nodes.Node node = nodes.start(folder.resolve("here"), workflow);
        RunHandle run = node.submit(workflow);
        assertThat(run.await(String.class, Nodes.SOON)).isEqualTo("12");

        RunHandle fork =
                nodes.start(folder.resolve("there"), workflow).handle(run).fork(ForkOptions.RETRY);
        assertThat(fork.await(String.class, Nodes.SOON)).isEqualTo("12");
    }

    @Test
    void a_purge_takes_the_workspace_of_its_run_only() throws Exception {
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("write", step -> write(step, "f", "1"));
            return "";
        });
        LocalWorkspaces here = LocalWorkspaces.in(folder);
        Nodes.Node node = nodes.start(here, workflow);
        RunHandle gone = node.submit(workflow);
        RunHandle kept = node.submit(workflow);
        gone.awaitEnd(Nodes.SOON);
        kept.awaitEnd(Nodes.SOON);

        gone.purge();

        assertThat(node.files(kept)).containsExactly("f");
        assertThat(here.runs()).containsExactly(kept.id());
    }

    @Test
    void a_canceled_step_leaves_no_command_behind() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("sleep", step -> {
                try (RunningCommand command = step.workspace()
                        .start(
                                Command.script("(setsid sleep 1000 &) ; echo up; sleep 1000"),
                                (stream, text) -> started.countDown())) {
                    command.await();
                }
            });
            return "";
        });
        Nodes.Node node = nodes.start(folder, workflow);
        RunHandle run = node.submit(workflow);
        started.await();

        run.cancel("enough");

        assertThat(run.awaitEnd(Nodes.SOON)).hasToString("CANCELED");
        assertThat(Nodes.commandsOf(run.id())).isEmpty();
    }

    @Test
    void without_workspaces_the_step_says_how_to_get_them() throws Exception {
        Workflow<String, String> workflow = workflow((run, in) -> {
            run.step("look", step -> step.workspace());
            return "";
        });
        Nodes.Node node = nodes.start((Path) null, workflow);

        assertThatThrownBy(() -> node.submit(workflow).await(String.class, Nodes.SOON))
                .hasMessageContaining("workspaces(LocalWorkspaces.in(folder))");
    }

    @Test
    void a_directory_that_the_operator_named_is_shared_and_not_versioned() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("there"), "before");
        Workflow<String, String> workflow = workflow(WorkspacePolicy.named("site"), (run, in) -> {
            run.step("write", step -> write(step, "new", read(run, "there")));
            return read(run, "new");
        });
        Nodes.Node node = nodes.start(LocalWorkspaces.in(folder.resolve("own")).named("site", site), workflow);
        RunHandle run = node.submit(workflow);

        assertThat(run.await(String.class, Nodes.SOON)).isEqualTo("before");
        assertThat(changes(node, run)).isEmpty();
    }
}
