package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Notes.Level;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What runs tell and leave behind: events, log lines, artifacts, results of any size. */
public abstract class NotesContract extends EngineContract {

    private static List<String> told(AgentRunner runner, RunHandle run, String type, String field) {
        return log(runner, run).stream()
                .filter(event -> event.type().name().equals(type))
                .map(event -> event.payload().tree().path(field).asText())
                .toList();
    }

    @Test
    void what_is_told_outside_steps_is_told_once_however_often_it_is_replayed() throws Exception {
        AtomicInteger replays = new AtomicInteger();
        Workflow<String, String> telling = workflow("telling", String.class, (run, in) -> {
            replays.incrementAndGet();
            run.log("begin");
            run.step("one", step -> {});
            run.log(Level.WARN, "before waiting");
            run.await("go", String.class);
            run.emit("x.progress", Map.of("part", 1));
            run.map("each", String.class, List.of("a", "b"), 1, (branch, item) -> {
                branch.log("branch " + item);
                branch.await("go", String.class);
                branch.log("end " + item);
                return item;
            });
            run.log("end");
            return "";
        });
        AgentRunner runner = runner(telling);
        RunHandle run = runner.submit(telling, "");
        for (int i = 0; i < 3; i++) {
            int waits = i;
            eventually(() -> count(runner, run, "RUN_SUSPENDED") == waits + 1);
            run.signal("go", "");
        }
        run.await(String.class, SOON);

        assertThat(replays.get()).isGreaterThan(2);
        assertThat(told(runner, run, "LOG", "message"))
                .containsExactlyInAnyOrder("begin", "before waiting", "branch a", "branch b", "end a", "end b", "end");
        assertThat(told(runner, run, "x.progress", "part")).containsExactly("1");
    }

    @Test
    void what_a_step_tells_is_told_at_once_also_by_attempts_that_fail() throws Exception {
        Workflow<String, String> telling = workflow("telling", String.class, (run, in) -> {
            run.log("outside");
            return run.step(
                    "work",
                    String.class,
                    StepOptions.retry(RetryPolicy.attempts(2).backoff(Duration.ofMillis(1))),
                    step -> {
                        step.log("attempt " + step.attempt());
                        step.emit("x.try", Map.of("attempt", step.attempt()));
                        if (step.attempt() == 1) {
                            throw new IllegalStateException("no");
                        }
                        return "";
                    });
        });
        AgentRunner runner = runner(telling);
        RunHandle run = runner.submit(telling, "");
        run.await(String.class, SOON);

        assertThat(told(runner, run, "LOG", "message")).containsExactly("outside", "attempt 1", "attempt 2");
        assertThat(told(runner, run, "x.try", "attempt")).containsExactly("1", "2");
    }

    @Test
    void events_that_are_not_the_workflows_own_are_refused() throws Exception {
        Workflow<String, String> forging = workflow("forging", String.class, (run, in) -> {
            run.emit(in, in.equals("x.list") ? List.of(1) : Map.of());
            return "";
        });
        AgentRunner runner = runner(forging);

        for (String bad : List.of("RUN_COMPLETED", "progress", "x.list", "x." + "y".repeat(200))) {
            assertThatThrownBy(() -> runner.submit(forging, bad).await(String.class, SOON))
                    .as(bad)
                    .isInstanceOf(RunFailedException.class);
        }
    }

    @Test
    void artifacts_are_listed_when_recorded_and_read_back_byte_for_byte() throws Exception {
        byte[] bytes = new byte[300_000];
        new java.util.Random(1).nextBytes(bytes);
        Workflow<String, String> making = workflow("making", String.class, (run, in) -> {
            var outside = run.artifact("report.md", "document", "# Report");
            run.step("make", step -> step.artifact("data.bin", "data", "application/octet-stream", bytes));
            run.await("go", String.class);
            return outside.toString();
        });
        AgentRunner runner = runner(making);
        RunHandle run = runner.submit(making, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        run.signal("go", "");
        String outside = run.await(String.class, SOON);

        List<ArtifactView> listed = runner.store().catalog().artifacts(run.id());
        assertThat(listed).extracting(each -> each.artifact().name()).containsExactly("report.md", "data.bin");
        assertThat(listed.get(0).artifact().id()).hasToString(outside);
        assertThat(listed.get(0).artifact().mediaType()).isEqualTo("text/markdown");
        assertThat(read(runner, listed.get(0))).isEqualTo("# Report".getBytes(StandardCharsets.UTF_8));
        assertThat(read(runner, listed.get(1))).isEqualTo(bytes);
        assertThat(listed.get(1).artifact().step()).hasToString("make");
    }

    @Test
    void hostile_names_are_kept_as_text() throws Exception {
        List<String> names = List.of(
                "../../etc/passwd",
                "/dev/null",
                "C:\\x",
                "a'; DROP TABLE runs; --",
                "\u202egnp.exe",
                "née ☃ 🎉\n",
                "x".repeat(10_000));
        Workflow<String, String> naming = workflow("naming", String.class, (run, in) -> {
            names.forEach(name -> run.artifact(name, "document", "text"));
            return "";
        });
        Workflow<String, String> broken = workflow("broken", String.class, (run, in) -> {
            run.artifact(in.equals("long") ? "x".repeat(10_001) : in, "document", "text");
            return "";
        });
        AgentRunner runner = runner(naming, broken);
        RunHandle run = runner.submit(naming, "");
        run.await(String.class, SOON);

        assertThat(runner.store().catalog().artifacts(run.id()))
                .extracting(each -> each.artifact().name())
                .isEqualTo(names);
        for (String bad : List.of("", "long", "nul\0")) {
            assertThatThrownBy(() -> runner.submit(broken, bad).await(String.class, SOON))
                    .isInstanceOf(RunFailedException.class);
        }
    }

    private static byte[] read(AgentRunner runner, ArtifactView artifact) throws Exception {
        try (var in = runner.store().artifacts().open(artifact.artifact().blob())) {
            return in.readAllBytes();
        }
    }

    @Test
    void large_results_and_outputs_are_kept_beside_the_log_and_read_back_on_replay() throws Exception {
        String big = "ü".repeat(50_000);
        AtomicInteger executed = new AtomicInteger();
        Workflow<String, String> large = workflow("large", String.class, (run, in) -> {
            String made = run.step("make", String.class, step -> {
                executed.incrementAndGet();
                return big;
            });
            List<String> both = run.map("both", String.class, List.of(1, 2), 2, (branch, i) -> made);
            run.await("go", String.class);
            return both.get(0) + both.get(1);
        });
        AgentRunner runner = runner(large);
        RunHandle run = runner.submit(large, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        run.signal("go", "");

        assertThat(run.await(String.class, SOON)).isEqualTo(big + big);
        assertThat(executed).hasValue(1);
        assertThat(log(runner, run).stream().mapToInt(NotesContract::size).max().orElse(0))
                .isLessThan(64 << 10);
        assertThat(runner.store().catalog().artifacts(run.id()))
                .extracting(each -> each.artifact().name())
                .containsExactly("make.json", "both.json", "output.json");
    }

    @Test
    void a_large_result_is_not_read_back_by_whoever_made_it() throws Exception {
        Workflow<String, Integer> large = workflow(
                "large",
                Integer.class,
                (run, in) -> run.step("make", String.class, step -> "x".repeat(100_000))
                        .length());
        Store whole = connect();
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger writes = new AtomicInteger();
        AgentRunner runner = start(
                new ForwardingStore(whole) {
                    @Override
                    public ArtifactStore artifacts() {
                        return counted(super.artifacts(), reads, writes);
                    }
                },
                quick(),
                large);

        assertThat(runner.submit(large, "").await(Integer.class, SOON)).isEqualTo(100_000);
        assertThat(writes).hasValue(1);
        assertThat(reads).hasValue(0);
    }

    private static ArtifactStore counted(ArtifactStore whole, AtomicInteger reads, AtomicInteger writes) {
        return new ArtifactStore() {
            @Override
            public Blob put(InputStream bytes) throws IOException {
                writes.incrementAndGet();
                return whole.put(bytes);
            }

            @Override
            public InputStream open(Blob blob, long offset, long length) throws IOException {
                reads.incrementAndGet();
                return whole.open(blob, offset, length);
            }

            @Override
            public int sweep(Duration minAge, Listing listing) throws IOException {
                return whole.sweep(minAge, listing);
            }
        };
    }

    private static int size(Event event) {
        return event.payload().text().length();
    }

    @Test
    void results_over_the_hard_limit_fail_their_step_and_outputs_their_run() throws Exception {
        Workflow<Integer, String> large = Workflow.named("large", "1")
                .input(Integer.class)
                .output(String.class)
                .body((run, size) -> {
                    try {
                        return run.step("make", String.class, step -> "x".repeat(size));
                    } catch (StepFailedException step) {
                        try {
                            run.map("all", String.class, List.of(1, 2), 1, (branch, i) -> "x".repeat(size / 2));
                            return "no failure";
                        } catch (StepFailedException all) {
                            return step.failure().kind() + " " + all.failure().kind();
                        }
                    }
                });
        Workflow<Integer, String> output = Workflow.named("output", "1")
                .input(Integer.class)
                .output(String.class)
                .body((run, size) -> "x".repeat(size));
        AgentRunner runner = start(quick().spillBytes(100).maxResultBytes(1_000), large, output);

        assertThat(runner.submit(large, 998).await(String.class, SOON)).hasSize(998);
        assertThat(runner.submit(large, 999).await(String.class, SOON)).isEqualTo("result_too_large result_too_large");
        assertThat(runner.submit(output, 998).await(String.class, SOON)).hasSize(998);
        assertThatThrownBy(() -> runner.submit(output, 999).await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo("result_too_large"));
    }

    @Test
    void results_that_are_no_json_fail_their_step_and_odd_ones_come_back_as_they_were() throws Exception {
        Workflow<String, String> odd = workflow("odd", String.class, (run, in) -> {
            String text = "nul \0 half \ud83c quote \" tab \t";
            String back = run.step("odd", String.class, step -> text);
            Object none = run.step("none", String.class, step -> null);
            Json tree = run.step("tree", Json.class, step -> new Json("{\"a\": [1]}"));
            try {
                run.step("broken", Json.class, step -> new Json("{"));
                return "no failure";
            } catch (StepFailedException e) {
                return back.equals(text) + " " + none + " " + tree;
            }
        });
        AgentRunner runner = runner(odd);
        RunHandle run = runner.submit(odd, "");

        assertThat(run.await(String.class, SOON)).isEqualTo("true null {\"a\": [1]}");
        refolded(runner, run);
    }
}
