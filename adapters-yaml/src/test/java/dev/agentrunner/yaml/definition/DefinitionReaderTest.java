package dev.agentrunner.yaml.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.StepOptions.OnInterruption;
import dev.agentrunner.yaml.definition.Action.Approval;
import dev.agentrunner.yaml.definition.Action.Approval.OnTimeout;
import dev.agentrunner.yaml.definition.Action.ForEach;
import dev.agentrunner.yaml.definition.Action.Http;
import dev.agentrunner.yaml.definition.Action.Llm;
import dev.agentrunner.yaml.definition.Action.Parallel;
import dev.agentrunner.yaml.definition.Action.RunWorkflow;
import dev.agentrunner.yaml.definition.Action.Shell;
import dev.agentrunner.yaml.definition.Action.Sleep;
import dev.agentrunner.yaml.definition.Action.WriteFiles;
import dev.agentrunner.yaml.definition.Definition.Heading;
import dev.agentrunner.yaml.source.Place;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCOPE = JSON.createObjectNode();

    @ParameterizedTest
    @FieldSource("dev.agentrunner.yaml.definition.Files#GOOD")
    void good_files_are_read_and_keep_their_text(String name) {
        String text = Files.good(name);

        assertThat(new DefinitionReader(Files.HOST).read(name, text).text()).isEqualTo(text);
    }

    @Test
    void the_example_of_the_format_becomes_what_it_says() {
        Definition read = Files.read(Files.good("review.yaml"));

        assertThat(read.heading())
                .isEqualTo(new Heading("review-v1", "1", "Drafts a text, lets a person approve it, publishes it"));
        assertThat(read.inputSchema().at("/properties/files/default")).isEmpty();
        assertThat(read.workspace()).isEqualTo(WorkspacePolicy.DEFAULT);
        assertThat(read.steps())
                .extracting(step -> step.action().kind())
                .containsExactly(
                        "llm", "llm", "foreach", "parallel", "approval", "sleep", "write_files", "shell", "run");
        Llm draft = (Llm) step(read, 0).action();
        assertThat(draft.model()).isEqualTo("ollama/qwen3:8b");
        assertThat(draft.prompt().references()).containsExactly(List.of("input", "topic"));
        assertThat(draft.wishes().options()).hasToString("{\"temperature\":0.2,\"num_ctx\":8192}");
        assertThat(step(read, 0).artifact().name().render(SCOPE)).hasToString("\"DRAFT.md\"");
        assertThat(step(read, 0).description()).isEqualTo("What the console shows");
        ForEach check = (ForEach) step(read, 2).action();
        assertThat(check.as()).isEqualTo("claim");
        assertThat(check.concurrency()).isEqualTo(4);
        Parallel both = (Parallel) step(read, 3).action();
        assertThat(both.branches().keySet()).containsExactly("left", "right");
        Shell log = (Shell) both.branches().get("left").get(0).action();
        assertThat(log.run().render(SCOPE)).hasToString("[\"git\",\"log\",\"-1\",\"--oneline\"]");
        assertThat(step(read, 4).action())
                .isInstanceOfSatisfying(
                        Approval.class, gate -> assertThat(gate.timeout()).isEqualTo(Duration.ofDays(3)));
        assertThat(step(read, 8).action())
                .isInstanceOfSatisfying(
                        RunWorkflow.class, run -> assertThat(run.workflow()).isEqualTo("inventory-v1"))
                .isInstanceOfSatisfying(
                        RunWorkflow.class, run -> assertThat(run.at()).isEqualTo(new Place(42, 22)));
        assertThat(read.output().references()).contains(List.of("steps", "build", "exit_code"));
    }

    @Test
    void every_key_is_read() {
        Definition read = Files.read(Files.good("everything.yaml"));

        assertThat(read.workspace()).isEqualTo(new WorkspacePolicy("sources", true, List.of("target/", "*.class")));
        Llm ask = (Llm) step(read, 0).action();
        assertThat(ask.model()).isEqualTo("ollama/large");
        assertThat(ask.fallbacks()).containsExactly("ollama/small", "other/tiny");
        assertThat(ask.wishes().thinking()).isEqualTo("low");
        assertThat(ask.wishes().format()).hasToString("{\"type\":\"object\"}");
        assertThat(ask.wishes().tools()).extracting(tool -> tool.name()).containsExactly("look_up", "bare");
        assertThat(step(read, 0).artifact().kind()).isEqualTo("report");
        assertThat(step(read, 0).artifact().mediaType()).isEqualTo("text/markdown");
        Shell script = (Shell) step(read, 1).action();
        assertThat(script.sandbox()).isTrue();
        assertThat(script.allowFailure()).isTrue();
        Http call = (Http) step(read, 2).action();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(step(read, 3).action())
                .isInstanceOfSatisfying(
                        Approval.class, gate -> assertThat(gate.onTimeout()).isEqualTo(OnTimeout.REJECT));
        assertThat(step(read, 4).action())
                .isInstanceOfSatisfying(
                        Approval.class, gate -> assertThat(gate.timeout()).isEqualTo(Duration.ofDays(2)));
        assertThat(step(read, 4).options().timeout()).isNull();
        assertThat(((WriteFiles) step(read, 6).action()).path()).isNull();
        ForEach each = (ForEach) step(read, 8).action();
        assertThat(each.as()).isEqualTo("item");
        assertThat(((RunWorkflow) step(read, 10).action()).input()).isNull();
    }

    @Test
    void what_is_written_without_quotes_stays_as_it_is_written_in_texts() {
        Shell shell = (Shell) action("shell: { run: [echo, 1.0, 0x1F, true], env: { A: 007, B: 1e3 } }");

        assertThat(shell.run().render(SCOPE)).hasToString("[\"echo\",\"1.0\",\"0x1F\",\"true\"]");
        assertThat(shell.env().render(SCOPE)).hasToString("{\"A\":\"007\",\"B\":\"1e3\"}");
    }

    @Test
    void options_come_from_the_step_then_from_what_it_is_in_then_from_the_defaults() {
        Definition read = Files.read(Files.good("everything.yaml"));
        ForEach each = (ForEach) step(read, 8).action();
        Parallel split = (Parallel) each.steps().get(1).action();
        RetryPolicy own =
                RetryPolicy.attempts(4).backoff(Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10));

        assertThat(step(read, 0).options()).isEqualTo(StepOptions.retry(own).timeout(Duration.ofSeconds(90)));
        assertThat(step(read, 1).options()).isEqualTo(StepOptions.atMostOnce().timeout(Duration.ofMinutes(90)));
        assertThat(step(read, 2).options())
                .isEqualTo(StepOptions.retry(RetryPolicy.attempts(2)).timeout(Duration.ofMinutes(90)));
        assertThat(each.steps().get(0).options())
                .isEqualTo(StepOptions.retry(RetryPolicy.attempts(5)).timeout(Duration.ofSeconds(5)));
        assertThat(split.branches().get("left").get(0).options())
                .isEqualTo(StepOptions.atMostOnce().timeout(Duration.ofSeconds(5)));
        assertThat(step(read, 9).options()).isEqualTo(StepOptions.DEFAULT);
    }

    @Test
    void without_defaults_a_model_is_asked_three_times_and_anything_else_is_done_once() {
        StepOptions llm = options("llm: { prompt: x }");

        assertThat(llm).isEqualTo(GenerateOptions.DEFAULT.step());
        assertThat(options("shell: { run: x }")).isEqualTo(StepOptions.DEFAULT);
        assertThat(options("llm: { prompt: x }\nat_most_once: true").onInterruption())
                .isEqualTo(OnInterruption.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2s, PT2S",
        "10m, PT10M",
        "3h, PT3H",
        "3d, PT72H",
        "1h30m, PT1H30M",
        "1d2h3m4s5ms, PT26H3M4.005S"
    })
    void durations_have_units(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
        assertThat(((Sleep) action("sleep: " + text)).duration().render(SCOPE).textValue())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "1.5s", "-1s", "1 s", "1S", "3651d", "999999999999d", "9999999999999s", "1y", " 1s"
            })
    void what_has_none_is_no_duration(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @Test
    void a_step_sees_what_ran_before_it_wherever_it_is() {
        Definition read = Files.read("""
                name: w
                version: "1"
                steps:
                  - name: a
                    sleep: 1s
                  - name: outer
                    foreach: { items: "{{ steps.a }}", as: x }
                    steps:
                      - name: b
                        shell: { run: "{{ steps.a }} {{ x }}" }
                      - name: inner
                        foreach: { items: "{{ steps.b.stdout }}", as: y }
                        steps:
                          - name: c
                            shell: { run: "{{ steps.a }} {{ steps.b }} {{ x }} {{ y }}" }
                      - name: a
                        shell: { run: "{{ steps.inner }}" }
                  - name: a
                    shell: { run: "{{ steps.outer }} {{ steps.a }}" }
                output: "{{ steps.a & steps.outer }}"
                """);

        assertThat(read.steps()).hasSize(3);
    }

    @Test
    void windows_line_ends_and_a_byte_order_mark_change_nothing() {
        String text = Files.good("everything.yaml");
        Definition plain = Files.read(text);
        Definition windows = Files.read("\uFEFF" + text.replace("\n", "\r\n"));

        assertThat(windows.heading()).isEqualTo(plain.heading());
        assertThat(((Llm) step(windows, 0).action()).prompt().references())
                .isEqualTo(((Llm) step(plain, 0).action()).prompt().references());
        assertThat(((Shell) step(windows, 1).action()).run().references())
                .isEqualTo(((Shell) step(plain, 1).action()).run().references());
    }

    private static StepDefinition step(Definition definition, int index) {
        return definition.steps().get(index);
    }

    private static Action action(String keys) {
        return step(Files.read(Files.step(keys)), 0).action();
    }

    private static StepOptions options(String keys) {
        return step(Files.read(Files.step(keys)), 0).options();
    }
}
