package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.yaml.TestHost;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChoiceTest {

    private static final String ALL = """
            defaults: { model: parrot/defaults }
            steps:
              - { name: plain, llm: { prompt: x } }
              - { name: own, llm: { model: parrot/own, prompt: x } }
              - { name: by-host, llm: { model: parrot/own, prompt: x } }
              - { name: by-run, llm: { model: parrot/own, prompt: x } }
            output: "{{ $join([steps.plain.model, steps.own.model, steps.'by-host'.model, steps.'by-run'.model], ' ') }}"
            """;

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
    void the_run_goes_before_the_host_the_step_and_the_defaults() throws Exception {
        host.environment.putAll(Map.of(
                "AGENT_RUNNER_MODEL_BY_HOST", " parrot/host ",
                "AGENT_RUNNER_MODEL_BY_RUN", "parrot/host",
                "AGENT_RUNNER_MODEL_OWN", " ",
                "AGENT_RUNNER_MODEL_", "parrot/nobody"));
        RunHandle run =
                host.submit(host.workflow(ALL), "{}", SubmitOptions.DEFAULT.models(Map.of("by-run", "parrot/run")));

        assertThat(host.output(run)).isEqualTo("\"parrot/defaults parrot/own parrot/host parrot/run\"");
    }

    @Test
    void a_step_without_a_model_fails_unless_the_run_names_one() throws Exception {
        String w = host.workflow("steps: [ { name: s, llm: { prompt: x } } ]\noutput: '{{ steps.s.model }}'\n");
        RunHandle none = host.submit(w, "{}");

        Failure failure = TestHost.failure(none);
        assertThat(failure.kind()).isEqualTo("no_model");
        assertThat(failure.message()).contains("'defaults.model'", "models.s");
        assertThat(host.steps(none)).containsExactly("s llm FAILED 1");
        assertThat(host.output(host.submit(w, "{}", SubmitOptions.DEFAULT.models(Map.of("s", "parrot/run")))))
                .isEqualTo("\"parrot/run\"");
    }

    @Test
    void a_recorded_reply_counts_also_when_the_host_names_no_model_any_more() throws Exception {
        host.environment.put("AGENT_RUNNER_MODEL_S", "parrot/host");
        RunHandle run = host.submit(host.workflow("""
                steps:
                  - { name: s, llm: { prompt: x } }
                  - { name: gate, approval: { message: "?" } }
                output: "{{ steps.s.model }}"
                """), "{}");
        host.awaitWaiting(run, Waiting.APPROVAL);
        host.stop();
        host.environment.clear();
        RunHandle again = host.runner().handle(run.id());
        again.signal("approval.gate", Map.of("approved", true));

        assertThat(host.output(again)).isEqualTo("\"parrot/host\"");
        assertThat(host.model.asked).hasSize(1);
    }

    @Test
    void a_model_that_nobody_serves_fails_the_step() throws Exception {
        host.environment.put("AGENT_RUNNER_MODEL_S", "nobody/x");

        Failure failure = host.failure("steps: [ { name: s, retry: { attempts: 1 }, llm: { prompt: x } } ]\n");
        assertThat(failure.message()).contains("nobody");
    }

    @Test
    void an_expression_reads_only_variables_that_are_allowed() throws Exception {
        host.environment.putAll(Map.of("ALLOWED", "yes", "SECRET", "no"));
        host.workflow("steps: [ { name: s, sleep: 0ms } ]\noutput: '{{ env.SECRET }}'\n");

        assertThat(host.output("steps: [ { name: s, sleep: 0ms } ]\noutput: '{{ env.ALLOWED }}{{ env }}'\n"))
                .isEqualTo("\"yes{\\\"ALLOWED\\\":\\\"yes\\\"}\"");
        assertThat(host.workflows().problems())
                .singleElement()
                .asString()
                .startsWith("w1.yaml:4:")
                .contains("SECRET");
    }
}
