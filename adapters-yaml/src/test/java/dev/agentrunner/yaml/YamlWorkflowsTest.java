package dev.agentrunner.yaml;

import static dev.agentrunner.yaml.TestHost.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of files from end to end. */
class YamlWorkflowsTest {

    private static final String GATE = "  - { name: gate, approval: { message: \"Go on?\" } }\n";

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder);
        host.every = Duration.ofMillis(20);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void a_changed_file_is_in_use_soon_and_a_broken_one_is_reported() throws Exception {
        host.file("a.yaml", says("a", "1", "one", ""));
        host.file("b.yaml", says("b", "1", "one", ""));
        assertThat(host.output(host.submit("a", "{}"))).isEqualTo("\"one\"");

        host.file("a.yaml", says("a", "1", "two", ""));
        host.file("b.yaml", "name: [b\n");
        eventually(() ->
                output("a").equals("\"two\"") && !host.workflows().problems().isEmpty());

        assertThat(output("b")).isEqualTo("\"one\"");
        assertThat(host.workflows().problems().get(0).toString()).matches("b\\.yaml:\\d+:\\d+: .*");
        host.file("b.yaml", says("b", "2", "three", ""));
        eventually(() -> output("b").equals("\"three\""));
        assertThat(host.workflows().problems()).isEmpty();
    }

    @Test
    void runs_under_way_end_by_the_text_with_which_they_began() throws Exception {
        host.file("a.yaml", says("a", "1", "one", GATE));
        host.file("b.yaml", says("b", "1", "one", GATE));
        RunHandle changed = host.submit("a", "{}");
        RunHandle gone = host.submit("b", "{}");
        host.awaitWaiting(changed, Waiting.APPROVAL);
        host.awaitWaiting(gone, Waiting.APPROVAL);

        host.file("a.yaml", says("a", "1", "two", "  - { name: other, sleep: 1ms }\n"));
        Files.delete(host.files().resolve("b.yaml"));
        eventually(() -> names().equals(List.of("a")));
        approve(changed, gone);

        assertThat(host.output(changed)).isEqualTo("\"one\"");
        assertThat(host.output(gone)).isEqualTo("\"one\"");
        assertThat(output("a")).isEqualTo("\"two\"");
        assertThatThrownBy(() -> output("b")).isInstanceOf(UnknownWorkflowException.class);
    }

    @Test
    void a_run_keeps_its_text_across_a_restart() throws Exception {
        host.file("a.yaml", says("a", "1", "one", GATE));
        host.file("b.yaml", says("b", "1", "one", GATE));
        RunHandle changed = host.submit("a", "{}");
        RunHandle gone = host.submit("b", "{}");
        host.awaitWaiting(changed, Waiting.APPROVAL);
        host.awaitWaiting(gone, Waiting.APPROVAL);
        host.stop();

        host.file("a.yaml", says("a", "1", "two", "  - { name: other, sleep: 1ms }\n"));
        Files.delete(host.files().resolve("b.yaml"));
        changed = host.runner().handle(changed.id());
        gone = host.runner().handle(gone.id());
        assertThat(names()).containsExactly("a");
        approve(changed, gone);

        assertThat(host.output(changed)).isEqualTo("\"one\"");
        assertThat(host.output(gone)).isEqualTo("\"one\"");
        assertThat(output("a")).isEqualTo("\"two\"");
    }

    @Test
    void a_folder_may_come_later() throws Exception {
        assertThat(host.runner().workflows()).isEmpty();

        host.file(
                "a.json",
                "{\"name\":\"a\",\"version\":\"1\",\"steps\":[{\"name\":\"s\",\"sleep\":\"1ms\"}],\"output\":1}");
        eventually(() -> names().equals(List.of("a")));
        assertThat(output("a")).isEqualTo("1");
    }

    @Test
    void the_newest_version_takes_new_runs() throws Exception {
        host.file("a.yaml", says("w", "1.10", "ten", ""));
        host.file("b.yaml", says("w", "1.9", "nine", ""));

        assertThat(output("w")).isEqualTo("\"ten\"");
    }

    @Test
    void an_input_that_does_not_fit_creates_no_run_and_defaults_are_applied() throws Exception {
        String w = host.workflow("""
                input:
                  properties: { n: { type: integer, default: 3 }, "a/b": { type: string } }
                  additionalProperties: false
                steps: [ { name: s, sleep: 0ms } ]
                output: "{{ input.n + 1 }}"
                """);

        assertThat(host.output(host.submit(w, "{}"))).isEqualTo("4");
        assertThatThrownBy(() -> host.submit(w, "{\"a/b\":1,\"n\":2}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/a~1b");
        assertThatThrownBy(() -> host.submit(w, "[1]")).isInstanceOf(InvalidInputException.class);
        assertThat(host.runner().store().catalog().counts().values()).containsExactly(1L);
    }

    @Test
    void a_source_that_was_closed_may_be_used_again() throws Exception {
        host.file("a.yaml", says("a", "1", "one", ""));
        YamlWorkflows files = YamlWorkflows.in(host.files()).every(Duration.ofMillis(20));
        host.settings = builder -> builder.workflows(files);
        host.runner();
        host.stop();
        host.every = Duration.ofMinutes(10);

        assertThat(output("a")).isEqualTo("\"one\"");
        host.file("a.yaml", says("a", "2", "two", ""));
        eventually(() -> files.problems().isEmpty() && output("a").equals("\"two\""));
    }

    private static String says(String name, String version, String what, String steps) {
        return "name: " + name + "\nversion: '" + version + "'\nsteps:\n  - { name: nap, sleep: 1ms }\n" + steps
                + "output: " + what + "\n";
    }

    private String output(String workflow) throws InterruptedException {
        return host.output(host.submit(workflow, "{}"));
    }

    private List<String> names() {
        return host.runner().workflows().stream().map(each -> each.ref().name()).toList();
    }

    private static void approve(RunHandle... runs) {
        for (RunHandle each : runs) {
            each.signal("approval.gate", Map.of("approved", true));
        }
    }
}
