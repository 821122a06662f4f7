package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.yaml.Parrot;
import dev.agentrunner.yaml.TestHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries, timeouts, limits, and that a run which is put aside at any step goes on where it was. */
class WaitsTest {

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void an_approval_that_does_not_come_is_what_the_step_says() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "timeout: 20ms, on_timeout: approve",
                "{\"approved\":true,\"by\":\"timeout\",\"comment\":null,\"payload\":null}");
        all.put(
                "timeout: 20ms, on_timeout: reject",
                "{\"approved\":false,\"by\":\"timeout\",\"comment\":null,\"payload\":null}");
        all.put("timeout: 20ms, on_timeout: skip", "null");
        Map<String, String> names = new LinkedHashMap<>();
        all.keySet()
                .forEach(each -> names.put(
                        each, host.workflow("steps: [ { name: s, approval: { message: '?', " + each + " } } ]\n")));
        String fails = host.workflow("steps: [ { name: s, timeout: 20ms, approval: { message: '?' } } ]\n");

        for (Map.Entry<String, String> each : names.entrySet()) {
            assertThat(host.output(host.submit(each.getValue(), "{}")))
                    .as(each.getKey())
                    .isEqualTo(all.get(each.getKey()));
        }
        RunHandle failing = host.submit(fails, "{}");
        assertThat(TestHost.failure(failing).kind()).isEqualTo("timeout");
        assertThat(host.steps(failing)).containsExactly("s approval FAILED 1");
    }

    @Test
    void a_child_is_tried_again_as_often_as_the_step_says() throws Exception {
        host.file("child.yaml", """
                name: child
                version: '1'
                steps: [ { name: s, shell: { run: "test -e {{ input.flag }} || { touch {{ input.flag }}; exit 1; }" } } ]
                output: done
                """);
        String w = host.workflow("""
                steps:
                  - { name: a, run: { workflow: child, input: { flag: "{{ input.flag }}" } }, retry: { attempts: 3, backoff: 1ms } }
                  - { name: b, sleep: 1ms }
                output: "{{ steps.a }}"
                """);
        RunHandle run = host.submit(w, "{\"flag\":\"" + folder.resolve("flag") + "\"}");
        assertThat(host.output(run)).isEqualTo("\"done\"");
        assertThat(host.steps(run))
                .containsExactly(
                        "a run FAILED 1", "a retry sleep COMPLETED 1", "a#2 run COMPLETED 1", "b sleep COMPLETED 1");

        RunHandle hopeless = host.submit(w, "{\"flag\":\"/nowhere/flag\"}");
        assertThat(TestHost.failure(hopeless).kind()).isEqualTo("exit_code");
        assertThat(host.steps(hopeless))
                .filteredOn(each -> each.contains(" run FAILED"))
                .hasSize(3);
    }

    @Test
    void a_workflow_that_runs_itself_by_a_name_of_several_versions_ends_soon() throws Exception {
        host.file("a.yaml", "name: a\nversion: '1'\nsteps: [ { name: s, sleep: 0ms } ]\n");
        host.file(
                "b.yaml",
                "name: a\nversion: '2'\nsteps: [ { name: s, retry: { attempts: 3, backoff: 1ms }, run: { workflow: a } } ]\n");
        RunHandle run = host.submit("a", "{}");

        assertThat(TestHost.failure(run).kind()).isEqualTo("nested_too_deep");
        assertThat(host.runner().store().catalog().counts().values()).containsExactly(17L);
    }

    @Test
    void a_step_that_runs_at_most_once_is_recorded_as_such() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                defaults: { retry: { attempts: 3, backoff: 1ms } }
                steps: [ { name: s, at_most_once: true, shell: { run: "false" } } ]
                """), "{}");

        assertThat(TestHost.failure(run).kind()).isEqualTo("exit_code");
        assertThat(host.steps(run)).containsExactly("s shell FAILED 1");
        assertThat(host.runner().store().log().read(run.id(), 0, 100))
                .anySatisfy(event -> assertThat(event.payload().text()).contains("at_most_once"));
    }

    @Test
    void an_interrupted_step_that_runs_at_most_once_fails_and_any_other_is_repeated() throws Exception {
        host.settings = builder -> builder.drainGrace(java.time.Duration.ofMillis(50));
        String step = "shell: { run: \"echo x >> {{ input.log }}; test -e {{ input.go }} || sleep 3600\" } } ]\n";
        String once = host.workflow("steps: [ { name: s, at_most_once: true, " + step);
        String again = host.workflow("steps: [ { name: s, " + step);
        String first = "{\"log\":\"" + folder.resolve("once") + "\",\"go\":\"" + folder.resolve("go") + "\"}";
        String second = first.replace("/once", "/again");
        RunHandle onceRun = host.submit(once, first);
        RunHandle againRun = host.submit(again, second);
        TestHost.eventually(() -> java.nio.file.Files.exists(folder.resolve("once"))
                && java.nio.file.Files.exists(folder.resolve("again")));
        host.stop();
        java.nio.file.Files.createFile(folder.resolve("go"));

        assertThat(host.output(host.runner().handle(againRun.id()))).contains("\"exit_code\":0");
        assertThat(TestHost.failure(host.runner().handle(onceRun.id())).kind()).isEqualTo("interrupted");
        assertThat(folder.resolve("once")).hasContent("x");
        assertThat(folder.resolve("again")).hasContent("x\nx");
    }

    @Test
    void expressions_past_their_limits_fail_and_the_runner_goes_on() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        String deep = "{{ ($f := function($n) { 1 + $f($n + 1) }; $f(0)) }}";
        String slow = "{{ ($f := function($n) { $f($n + 1) }; $f(0)) }}";
        all.put("shell: { run: ['" + slow + "'] }", "s shell FAILED 1");
        all.put("llm: { model: parrot/p, prompt: '" + deep + "' }", "s llm FAILED 1");
        all.put("write_files: { from: '" + deep + "', path: x }", "s write_files FAILED 1");
        all.put("http: { url: '" + deep + "' }", "s http FAILED 1");
        all.put("when: '" + deep + "', sleep: 0ms", "");
        all.put("approval: { message: '" + deep + "' }", "");
        all.put("sleep: '" + deep + "'", "");
        Map<String, String> names = new LinkedHashMap<>();
        all.keySet().forEach(each -> names.put(each, host.workflow("steps: [ { name: s, " + each + " } ]\n")));
        String inside =
                host.workflow("steps:\n  - name: e\n    foreach: { items: [1] }\n    steps: [ { name: s, when: '" + deep
                        + "', sleep: 0ms } ]\n");
        String good = host.workflow("steps: [ { name: s, shell: { run: [echo, '{{ 1 }}'] } } ]\n");
        assertThat(host.workflows().problems()).isEmpty();

        for (Map.Entry<String, String> each : names.entrySet()) {
            RunHandle run = host.submit(each.getValue(), "{}");
            Failure failure = TestHost.failure(run);
            assertThat(failure.kind())
                    .as(each.getKey() + ": " + failure.message())
                    .isEqualTo("expression_limit");
            assertThat(String.join("", host.steps(run))).isEqualTo(all.get(each.getKey()));
        }
        assertThat(TestHost.failure(host.submit(inside, "{}")).kind()).isEqualTo("expression_limit");
        assertThat(host.output(host.submit(good, "{}"))).contains("\"exit_code\":0");
    }

    @Test
    void a_sleep_that_an_expression_gives_is_a_duration() throws Exception {
        assertThat(host.output("steps: [ { name: s, sleep: '{{ $string(2) & \"ms\" }}' } ]\n"))
                .isEqualTo("null");
    }

    @Test
    void a_sleep_that_is_none_fails() throws Exception {
        Failure failure = host.failure("steps: [ { name: s, sleep: '{{ -1 }}' } ]\n");

        assertThat(failure.kind()).isEqualTo("expression_failed");
        assertThat(failure.message()).contains("'-1' is no duration");
    }

    /** Every kind, executed and skipped, with a wait after it; at each wait the runner is stopped and another one started. */
    @Test
    void a_run_that_is_stopped_after_each_step_goes_on_where_it_was() throws Exception {
        try (FakeServer server = new FakeServer()) {
            host.file("child.yaml", "name: child\nversion: '1'\nsteps: [ { name: s, sleep: 1ms } ]\noutput: 1\n");
            host.file("broken.yaml", "name: broken\nversion: '1'\nsteps: [ { name: s, shell: { run: [false] } } ]\n");
            List<String> kinds = List.of(
                    "artifact: a.txt, llm: { model: parrot/p, prompt: x }",
                    "artifact: b.txt, shell: { run: [echo, '{{ workspace }}'] }",
                    "http: { url: '" + server.url() + "/text' }",
                    "artifact: c.txt, write_files: { from: '=== FILE: f ===\n\n1\n\n=== END FILE ===' }",
                    "sleep: 1ms",
                    "approval: { message: '?', timeout: 1ms, on_timeout: skip }",
                    "artifact: d.txt, foreach: { items: [1, 2], concurrency: 2 }, steps: [ { name: i, shell: { run: [echo, '{{ item }}'] } }, { name: o, when: '{{ item = 1 }}', shell: { run: [echo, o] } } ]",
                    "parallel: { l: [ { name: i, sleep: 1ms } ], r: [ { name: i, when: false, parallel: { x: [ { name: y, sleep: 0ms } ] } } ] }",
                    "artifact: e.txt, run: { workflow: child }, retry: { attempts: 2, backoff: 1ms }");
            StringBuilder text = new StringBuilder("steps:\n");
            int n = 0;
            for (String kind : kinds) {
                text.append("  - { name: s").append(n).append(", ").append(kind).append(" }\n");
                text.append("  - { name: no, when: '{{ steps.s")
                        .append(n)
                        .append(" = 0 }}', ")
                        .append(kind)
                        .append(" }\n");
                text.append("  - { name: gate")
                        .append(n++)
                        .append(", approval: { message: '{{ steps.s0.text }}?' } }\n");
            }
            RunHandle run = host.submit(host.workflow(text + "output: '{{ run.id }}'\n"), "{}");
            for (int i = 0; i < n; i++) {
                String gate = "gate" + i + " approval RUNNING 1";
                RunHandle here = run;
                TestHost.eventually(
                        () -> here.status().isTerminal() || host.steps(here).contains(gate));
                assertThat(host.steps(run)).contains(gate);
                host.awaitWaiting(run, Waiting.APPROVAL);
                host.stop();
                run = host.runner().handle(run.id());
                run.signal("approval.gate" + i, Map.of("approved", true));
            }

            assertThat(host.output(run)).isEqualTo("\"" + run.id() + "\"");
            assertThat(host.steps(run)).noneMatch(each -> each.contains("FAILED"));
            assertThat(host.steps(run))
                    .as("skipped and executed, a foreach is of one kind")
                    .contains("s6 map COMPLETED 1", "no#7 map SKIPPED 0");
            assertThat(host.steps(run).stream().filter(each -> each.matches("no(#\\d+)? .* SKIPPED 0")))
                    .hasSize(n);
            assertThat(host.model.asked).extracting(Parrot::prompt).containsExactly("x");
            assertThat(server.asked).hasSize(1);
        }
    }
}
