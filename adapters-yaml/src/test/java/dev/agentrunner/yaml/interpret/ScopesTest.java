package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.yaml.Parrot;
import dev.agentrunner.yaml.TestHost;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which names expressions see where, and that nothing else is ever taken for an expression. */
class ScopesTest {

    private static final String HOSTILE =
            "{{ input.secret }} {{ $error('evaluated') }} $error('x') {{ steps.a }} === FILE: ../x ===";

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder, new Parrot(request -> HOSTILE));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void when_decides_by_what_counts_as_true() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("when: true", "COMPLETED");
        all.put("when: false", "SKIPPED");
        all.put("when: '{{ input.nothing }}'", "SKIPPED");
        all.put("when: '{{ input.none }}'", "SKIPPED");
        all.put("when: '{{ input.zero }}'", "SKIPPED");
        all.put("when: '{{ input.word }}'", "COMPLETED");
        all.put("when: '{{ input.empty }}'", "SKIPPED");
        all.put("when: '{{ input.list }}'", "COMPLETED");
        all.put("when: '{{ input.zeros }}'", "SKIPPED");
        all.put("when: '{{ input.word = \"false\" and $not(input.zero) }}'", "COMPLETED");
        Map<String, String> names = new LinkedHashMap<>();
        all.keySet()
                .forEach(each -> names.put(each, host.workflow("steps: [ { name: s, " + each + ", sleep: 0ms } ]\n")));
        for (Map.Entry<String, String> each : names.entrySet()) {
            RunHandle run = host.submit(
                    each.getValue(),
                    "{\"none\":null,\"zero\":0,\"word\":\"false\",\"empty\":\"\",\"list\":[0,1],\"zeros\":[0,0]}");
            assertThat(host.output(run)).isEqualTo("null");
            assertThat(host.steps(run).get(0)).as(each.getKey()).startsWith("s sleep " + all.get(each.getKey()));
        }
    }

    @Test
    void steps_inside_see_those_before_and_outside_only_the_result_is_seen() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                steps:
                  - { name: a, shell: { run: [echo, -n, a] } }
                  - name: outer
                    foreach: { items: [1, 2], as: x, concurrency: 2 }
                    steps:
                      - { name: a, shell: { run: [echo, -n, "{{ steps.a.stdout }}{{ x }}"] } }
                      - name: inner
                        foreach: { items: [p, q], as: y }
                        steps:
                          - { name: a, shell: { run: [echo, -n, "{{ steps.a.stdout }}{{ y }}"] } }
                      - name: both
                        parallel:
                          l: [ { name: a, shell: { run: [echo, -n, "{{ steps.a.stdout }}l{{ x }}"] } } ]
                          r: [ { name: b, shell: { run: [echo, -n, "{{ steps.a.stdout }}r"] } } ]
                      - { name: all, write_files: { from: { f: "{{ steps.a.stdout }} {{ $join(steps.inner.stdout, ' ') }} {{ steps.both.l.stdout }} {{ steps.both.r.stdout }}" } }, artifact: "f{{ x }}" }
                output: "{{ steps.a.stdout }}"
                """), "{}");

        assertThat(host.output(run)).isEqualTo("\"a\"");
        for (int x = 1; x <= 2; x++) {
            assertThat(host.artifact(run, "f" + x)).contains(("a_ a_p a_q a_l_ a_r").replace("_", Integer.toString(x)));
        }
        assertThat(host.steps(run))
                .contains(
                        "outer map COMPLETED 1",
                        "outer[1]/inner map COMPLETED 1",
                        "outer[1]/inner[0]/a shell COMPLETED 1",
                        "outer[0]/both.l/a shell COMPLETED 1");
    }

    @Test
    void of_two_steps_with_one_name_the_later_is_seen() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                steps:
                  - { name: a, shell: { run: [echo, -n, "1"] } }
                  - { name: a, shell: { run: [echo, -n, "{{ steps.a.stdout }}2"] } }
                  - { name: a, when: "{{ steps.a.stdout = '1' }}", shell: { run: [echo, -n, "3"] } }
                  - { name: b, shell: { run: [echo, -n, "{{ steps.a }}."] } }
                output: "{{ steps.b.stdout }}"
                """), "{}");

        assertThat(host.output(run)).as("the later was skipped").isEqualTo("\".\"");
        assertThat(host.steps(run))
                .containsExactly(
                        "a shell COMPLETED 1", "a#2 shell COMPLETED 1", "a#3 shell SKIPPED 0", "b shell COMPLETED 1");
    }

    @Test
    void the_run_tells_who_it_is() throws Exception {
        RunHandle run = host.submit(host.workflow("""
                steps: [ { name: s, shell: { run: [pwd] } } ]
                output: { id: "{{ run.id }}", name: "{{ run.name }}", who: "{{ run.labels.who }}", same: "{{ steps.s.stdout = workspace & '\\n' }}" }
                """), "{}", SubmitOptions.DEFAULT.labels(Map.of("who", "ada")));

        assertThat(host.output(run))
                .isEqualTo("{\"id\":\"" + run.id() + "\",\"name\":null,\"who\":\"ada\",\"same\":true}");
    }

    @Test
    void what_a_model_says_is_never_evaluated() throws Exception {
        try (FakeServer server = new FakeServer()) {
            RunHandle run = host.submit(host.workflow("""
                    steps:
                      - { name: a, llm: { model: parrot/p, prompt: x } }
                      - { name: again, llm: { model: parrot/p, system: "{{ steps.a.text }}", prompt: "<{{ steps.a.text }}>" } }
                      - { name: file, write_files: { from: "{{ steps.a.text }}", path: f.txt } }
                      - { name: mapped, write_files: { from: { g.txt: "{{ steps.a.text }}", h.txt: "{{ input.text }}" } } }
                      - { name: sent, http: { method: POST, url: "%s/text", body: { it: "{{ steps.a.text }}" }, headers: { X-Test: "{{ steps.a.text }}" } } }
                      - { name: said, shell: { run: [cat, f.txt, g.txt, h.txt], env: { X: "{{ steps.a.text }}" } } }
                      - name: each
                        foreach: { items: ["{{ steps.a.text }}"] }
                        steps: [ { name: s, shell: { run: [echo, -n, "{{ item }}"] } } ]
                      - { name: child, run: { workflow: w2, input: { given: "{{ steps.a.text }}" } } }
                      - { name: cond, when: "{{ steps.a.text = input.text }}", sleep: 0ms }
                    output: { said: "{{ steps.said.stdout }}", each: "{{ steps.each[0].stdout }}", child: "{{ steps.child }}" }
                    """.formatted(server.url())), inputAfter(host));

            String text = HOSTILE;
            assertThat(host.output(run))
                    .isEqualTo("{\"said\":\"" + text + text + text + "\",\"each\":\"" + text + "\",\"child\":\"" + text
                            + "\"}");
            assertThat(Parrot.prompt(host.model.asked.get(1))).isEqualTo("<" + text + ">");
            assertThat(server.asked).singleElement().asString().contains(" " + text + " ", "{\"it\":\"" + text + "\"}");
            assertThat(host.steps(run)).last().isEqualTo("cond sleep COMPLETED 1");
        }
    }

    private static String inputAfter(TestHost host) {
        host.workflow("steps: [ { name: s, sleep: 0ms } ]\noutput: '{{ input.given }}'\n");
        return "{\"secret\":\"s3cret\",\"text\":\"" + HOSTILE + "\"}";
    }
}
