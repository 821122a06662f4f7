package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.yaml.Parrot;
import dev.agentrunner.yaml.TestHost;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of step gives; {@code http} has a test of its own. */
class ResultShapesTest {

    @TempDir
    Path folder;

    private final AtomicInteger answers = new AtomicInteger();
    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder, new Parrot(request -> {
            if (request.format() == null) {
                return "hm";
            }
            return answers.incrementAndGet() == 1 ? "Sure! Here:" : "{\"claims\": [\"a\", 1]}";
        }));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void llm() throws Exception {
        assertThat(host.output("""
                steps:
                  - name: s
                    llm: { model: parrot/p, prompt: x }
                """))
                .isEqualTo("{\"text\":\"hm\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5},"
                        + "\"model\":\"parrot/p\",\"finish_reason\":\"stop\"}");
    }

    @Test
    void llm_with_tools() throws Exception {
        assertThat(host.output("""
                steps:
                  - name: s
                    llm:
                      model: parrot/p
                      prompt: x
                      tools: [ { name: look, description: d, parameters: { type: object } } ]
                """))
                .contains("\"tool_calls\":[{\"id\":\"c1\",\"name\":\"look\",\"arguments\":{\"n\":1}}]")
                .endsWith("\"finish_reason\":\"tool_calls\"}");
    }

    @Test
    void llm_with_a_format_is_asked_again_until_it_answers_json() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                steps:
                  - name: s
                    retry: { attempts: 3, backoff: 1ms }
                    artifact: claims.json
                    llm: { model: parrot/p, system: "Be {{ input.how }}", prompt: x, format: { type: object }, options: { seed: 1 } }
                output: "{{ steps.s.json }}"
                """), "{\"how\":\"short\"}");

        assertThat(host.output(run)).isEqualTo("{\"claims\":[\"a\",1]}");
        assertThat(host.steps(run)).containsExactly("s llm COMPLETED 2");
        assertThat(host.artifact(run, "claims.json")).isEqualTo("{\"claims\": [\"a\", 1]}");
        var asked = host.model.asked.get(0);
        assertThat(asked.messages().get(0).text()).isEqualTo("Be short");
        assertThat(asked.options().text()).isEqualTo("{\"seed\":1}");
        assertThat(asked.format().text()).isEqualTo("{\"type\":\"object\"}");
    }

    @Test
    void shell() throws Exception {
        assertThat(host.output("""
                steps:
                  - { name: s, shell: { run: "echo out; echo err >&2; exit 3", allow_failure: true } }
                """)).isEqualTo("{\"exit_code\":3,\"stdout\":\"out\\n\",\"stderr\":\"err\\n\"}");
    }

    @Test
    void write_files() throws Exception {
        assertThat(host.output("""
                steps:
                  - { name: s, write_files: { from: { a.txt: "hi", "b/c.txt": "" } } }
                """))
                .matches("\\{\"files\":\\[\\{\"path\":\"a.txt\",\"size\":2,\"sha256\":\"[0-9a-f]{64}\"},"
                        + "\\{\"path\":\"b/c.txt\",\"size\":0,\"sha256\":\"[0-9a-f]{64}\"}]}");
    }

    @Test
    void approval() throws Exception {
        String gate = host.workflow("""
                steps:
                  - { name: gate, approval: { message: "Well, {{ input.who }}?" } }
                """);
        RunHandle full = host.submit(gate, "{}");
        RunHandle bare = host.submit(gate, "{}");
        host.awaitWaiting(full, Waiting.APPROVAL);
        host.awaitWaiting(bare, Waiting.APPROVAL);
        host.runner()
                .as(Actor.user("ada"))
                .handle(full.id())
                .signal("approval.gate", Map.of("approved", true, "comment", "go", "payload", Map.of("n", 1)));
        bare.signal("approval.gate", Map.of("approved", false));

        assertThat(host.output(full))
                .isEqualTo("{\"approved\":true,\"by\":\"user:ada\",\"comment\":\"go\",\"payload\":{\"n\":1}}");
        assertThat(host.output(bare))
                .startsWith("{\"approved\":false,\"by\":\"")
                .endsWith("\",\"comment\":null,\"payload\":null}");
    }

    @Test
    void sleep_and_what_is_skipped_give_null() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                steps:
                  - { name: nap, sleep: 1ms }
                  - { name: no, when: false, shell: { run: [x] }, artifact: x }
                output: { nap: "{{ steps.nap }}", no: "{{ steps.no }}", text: "<{{ steps.no.stdout }}>" }
                """), "{}");

        assertThat(host.output(run)).isEqualTo("{\"nap\":null,\"no\":null,\"text\":\"<>\"}");
        assertThat(host.steps(run)).containsExactly("nap sleep COMPLETED 1", "no shell SKIPPED 0");
    }

    @Test
    void foreach_gives_a_list_of_the_last_results_whatever_is_given() throws Exception {
        String parts = """
                steps:
                  - name: s
                    foreach: { items: "{{ input.items }}", as: x, concurrency: 3 }
                    steps:
                      - { name: a, sleep: 1ms }
                      - { name: b, when: "{{ x != 2 }}", llm: { model: parrot/p, prompt: "{{ x }}" } }
                output: "{{ steps.s ? [steps.s.(text ? text : 'none')] : steps.s }}"
                """;
        String w = host.workflow(parts);
        String plain = host.workflow("""
                steps:
                  - name: s
                    foreach: { items: "{{ input.items }}" }
                    steps: [ { name: a, shell: { run: [echo, -n, "{{ item }}"] } }, { name: b, sleep: 0ms } ]
                """);

        assertThat(host.output(host.submit(w, "{\"items\":[1,3]}"))).isEqualTo("[\"hm\",\"hm\"]");
        assertThat(host.output(host.submit(plain, "{\"items\":[1,[2],null]}"))).isEqualTo("[null,null,null]");
        assertThat(host.output(host.submit(plain, "{\"items\":[]}"))).isEqualTo("[]");
        assertThat(host.output(host.submit(plain, "{}"))).isEqualTo("[]");
        assertThat(host.output(host.submit(plain, "{\"items\":\"one\"}"))).isEqualTo("[null]");
    }

    @Test
    void parallel_gives_an_object_in_the_order_of_the_file() throws Exception {
        assertThat(host.output("""
                steps:
                  - name: s
                    parallel:
                      z: [ { name: a, shell: { run: [echo, -n, z] } }, { name: b, sleep: 5ms } ]
                      a: [ { name: a, write_files: { from: { f: "1" } } }, { name: no, when: "{{ 0 }}", sleep: 1s } ]
                """)).isEqualTo("{\"z\":null,\"a\":null}");
    }

    @Test
    void run_gives_the_output_of_the_child() throws Exception {
        String child = host.workflow("""
                input: { properties: { n: { default: 7 }, of: { type: string } }, required: [of] }
                steps: [ { name: s, sleep: 1ms } ]
                output: [ "{{ input.n }}", "{{ input.of }}" ]
                """);
        RunHandle run = host.submit(
                host.workflow("""
                steps:
                  - { name: s, artifact: kept.json, run: { workflow: %s, input: { of: "{{ run.name }}!" } } }
                """.formatted(child)), "{}", dev.agentrunner.client.SubmitOptions.DEFAULT.named("me"));

        assertThat(host.output(run)).isEqualTo("[7,\"me!\"]");
        assertThat(host.artifact(run, "kept.json")).isEqualTo("[7,\"me!\"]");
        assertThat(host.steps(run)).containsExactly("s run COMPLETED 1", "artifact artifact COMPLETED 1");
    }
}
