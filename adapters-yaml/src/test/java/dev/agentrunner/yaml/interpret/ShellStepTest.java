package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.workspace.CommandResult.Output;
import dev.agentrunner.yaml.TestHost;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellStepTest {

    @TempDir
    Path folder;

    private TestHost host;

    @BeforeEach
    void start() {
        host = new TestHost(folder);
        host.settings = builder -> builder.secrets(List.of("top-secret-word"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private RunHandle submit(String steps) {
        return host.submit(host.workflow("steps:\n" + steps.indent(2)), "{\"text\":\"a $HOME; b\"}");
    }

    @Test
    void arguments_are_passed_as_they_are_and_a_script_is_one() throws Exception {
        RunHandle run = submit("""
                - { name: argv, shell: { run: [printf, "%s|", "{{ input.text }}", "$HOME", "*"] } }
                - { name: given, shell: { run: "{{ ['printf', '%s|', 1, null] }}" } }
                - { name: script, shell: { run: "printf '%s|' $((1 + 1)) $X", env: { X: "{{ input.text }}" } } }
                - { name: where, shell: { run: "test \\"$HOME\\" = \\"$PWD\\" && env | sort | cut -d= -f1 | tr '\\n' ' '" } }
                """);
        host.output(run);

        assertThat(host.artifact(run, "argv.stdout.log")).isEqualTo("a $HOME; b|$HOME|*|");
        assertThat(host.artifact(run, "given.stdout.log")).isEqualTo("1||");
        assertThat(host.artifact(run, "script.stdout.log")).isEqualTo("2|a|$HOME;|b|");
        assertThat(host.artifact(run, "where.stdout.log")).contains("HOME LANG").doesNotContain("JAVA_HOME", "USER");
    }

    @Test
    void how_a_step_fails() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "shell: { run: 'echo out; echo bad >&2; exit 3' }",
                "exit_code 2 'sh' ended with exit code 3; the last it said: bad");
        all.put("shell: { run: 'false; touch never' }", "exit_code 2 'sh' ended with exit code 1");
        all.put("shell: { run: [no-such-program-here], allow_failure: true }", "command_not_found 1");
        all.put(
                "shell: { run: '{{ input.nothing }}', allow_failure: true }",
                "expression_failed 1 shell.run gave null");
        all.put("shell: { run: '{{ [] }}' }", "expression_failed 1 shell.run gave []");
        all.put("shell: { run: ['{{ input.nothing }}', x] }", "expression_failed 1 shell.run gave [null,\"x\"]");
        all.put("shell: { run: [sh], env: { A: '{{ $error(\"no\") }}' } }", "expression_failed 1");
        Map<String, RunHandle> runs = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        all.keySet()
                .forEach(each -> names.put(
                        each,
                        host.workflow("steps: [ { name: s, retry: { attempts: 2, backoff: 1ms }, " + each + " } ]\n")));
        names.forEach((each, name) -> runs.put(each, host.submit(name, "{}")));

        runs.forEach((each, run) -> {
            Failure failure = TestHost.failure(run);
            String attempts = host.steps(run).get(0).replaceFirst(".* ", "");
            assertThat(failure.kind() + " " + attempts + " " + failure.message())
                    .as(each)
                    .startsWith(all.get(each));
        });
    }

    @Test
    void what_a_program_says_is_kept_without_secrets_also_when_it_fails() throws Exception {
        RunHandle run = submit("""
                - name: s
                  artifact: { name: out.log, kind: log }
                  shell: { run: "echo it is top-secret-word; echo top-secret-word >&2; exit 1" }
                """);
        Failure failure = TestHost.failure(run);

        assertThat(failure.message()).contains("[redacted]").doesNotContain("secret");
        assertThat(host.artifact(run, "out.log")).isEqualTo("it is [redacted]\n");
        assertThat(host.artifact(run, "s.stderr.log")).isEqualTo("[redacted]\n");
    }

    @Test
    void an_artifact_that_is_no_log_has_the_bytes_as_they_are() throws Exception {
        RunHandle run = submit("""
                - { name: s, artifact: "{{ input.text ? 'x' : 'y' }}.bin", shell: { run: "printf 'a\\\\000\\\\377'" } }
                """);

        assertThat(host.output(run)).contains("\"stdout\":\"[3 bytes that are no text]\"");
        assertThat(host.artifact(run, "x.bin")).isEqualTo("a\0\uFFFD");
    }

    @Test
    void a_result_has_64_kib_and_the_artifact_all() throws Exception {
        RunHandle run = submit("- { name: s, shell: { run: 'head -c 200000 /dev/zero | tr \"\\\\0\" x' } }");

        assertThat(host.output(run)).hasSizeBetween(65_536, 65_700);
        assertThat(host.artifact(run, "s.stdout.log")).hasSize(200_000);
    }

    @Test
    void what_was_not_kept_is_noted() throws Exception {
        assertThat(new String(ShellStep.whole(new Fake(10)).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("abc\n[cut: 10 bytes were written, the first 3 are kept]\n");
        assertThat(new String(ShellStep.whole(new Fake(3)).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("abc");
    }

    private record Fake(long written) implements Output {
        @Override
        public String text() {
            return "abc";
        }

        @Override
        public long size() {
            return 3;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_timeout_ends_the_program_and_all_that_it_started() throws Exception {
        RunHandle run = submit("""
                - name: s
                  timeout: 1s
                  shell: { run: "setsid sleep 3600 & echo $! >> pids; sleep 3600 & echo $! >> pids; cat pids; wait" }
                """);

        assertThat(TestHost.failure(run).kind()).isEqualTo("timeout");
        assertGone(host.steps(run).isEmpty() ? "" : pidsIn(run));
    }

    @Test
    void nothing_outlives_a_step_that_succeeds() throws Exception {
        RunHandle run = submit("""
                - { name: s, shell: { run: "setsid sleep 3600 >/dev/null 2>&1 & echo $!; sleep 3600 >/dev/null 2>&1 & echo $!" } }
                """);
        host.output(run);

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertGone(host.artifact(run, "s.stdout.log"));
    }

    /** The files of an attempt that failed are put back; what it said is kept. */
    private String pidsIn(RunHandle run) throws Exception {
        Path file = host.workspace(run).resolve("pids");
        return Files.exists(file) ? Files.readString(file) : host.artifact(run, "s.stdout.log");
    }

    private static void assertGone(String pids) throws Exception {
        assertThat(pids.lines()).hasSize(2);
        for (String pid : pids.lines().toList()) {
            TestHost.eventually(() -> !ProcessHandle.of(Long.parseLong(pid))
                    .map(ProcessHandle::isAlive)
                    .orElse(false));
        }
    }
}
