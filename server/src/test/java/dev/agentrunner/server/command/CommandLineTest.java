package dev.agentrunner.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.server.command.Cli.Answer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private final Cli cli = new Cli(new TestWorkflows());

    @TempDir
    Path folder;

    @Test
    void a_command_must_be_there_and_be_known() {
        assertThat(cli.run().code()).isEqualTo(2);
        assertThat(cli.run("--help").out())
                .contains("serve")
                .contains("doctor")
                .contains("hello")
                .contains("Exit codes");
        Answer unknown = cli.run("pss");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("pss").contains("ps");
        assertThat(cli.run("ps", "--limt", "3").code()).isEqualTo(2);
        assertThat(cli.run("--version").out()).startsWith("agent-runner ");
    }

    @Test
    void extensions_add_commands() {
        assertThat(cli.run("hello").code()).isEqualTo(42);
    }

    @Test
    void no_server_is_exit_code_six() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        Answer answer = cli.run("ps", "--url", "127.0.0.1:" + port);

        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.err())
                .contains("No server answers at http://127.0.0.1:" + port)
                .contains("agent-runner serve");
    }

    @Test
    void no_store_is_exit_code_six_and_none_is_made() {
        Path data = folder.resolve("none");

        assertThat(cli.run("ps", "--data", data.toString()).code()).isEqualTo(6);
        assertThat(cli.run("cancel", "0189", "--data", data.toString()).code()).isEqualTo(6);
        assertThat(data).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://", "http://h/?a=b", "::"})
    void an_address_that_is_none_is_exit_code_two(String url) {
        assertThat(cli.run("ps", "--url", url).code()).isEqualTo(2);
    }

    @Test
    void settings_that_make_no_sense_are_exit_code_two_and_one_line() {
        for (Answer answer : new Answer[] {
            cli.run("serve", "--host", "0.0.0.0", "--data", folder.toString()),
            cli.run("serve", "--auth", "password"),
            cli.run("serve", "--artifacts", "s3://x", "--data", folder.toString()),
            cli.run("serve", "--db-url", "jdbc:mysql://x/y"),
            cli.run("serve", "--node-heartbeat", "9s", "--node-timeout", "10s", "--data", folder.toString()),
            cli.run("serve", "--ollama-host", "ftp://x", "--data", folder.toString()),
            cli.run("serve", "--host", "no such host", "--data", folder.toString()),
            new Cli(new TestWorkflows()).with("AGENT_RUNNER_PROT", "1").run("ps")
        }) {
            assertThat(answer.code()).as(answer.err()).isEqualTo(2);
            assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        }
    }

    @Test
    void a_port_that_is_taken_ends_the_start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Answer answer =
                    cli.run("serve", "--data", folder.toString(), "--port", Integer.toString(socket.getLocalPort()));

            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err()).contains("Cannot listen at 127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void what_is_printed_of_the_settings_has_no_secret() {
        Answer answer = new Cli(new TestWorkflows())
                .with("AGENT_RUNNER_DB_PASSWORD", "pa55word")
                .with("AGENT_RUNNER_KEY", "ar_x_y")
                .run("serve", "--print-config", "--port", "9", "--db-url", "jdbc:postgresql://h/d?password=0ther");

        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains("port = 9")
                .contains("db-password = [redacted]")
                .contains("password=[redacted]")
                .doesNotContain("pa55word", "ar_x_y", "0ther");
    }

    @Test
    void a_run_without_a_server_is_executed_here() {
        Answer completed = cli.run("run", "greet", "-i", "\"Ada\"", "--data", folder.toString());
        assertThat(completed.code()).as(completed.err()).isZero();
        assertThat(completed.out()).contains("RUN_COMPLETED        Hello, Ada");

        Answer failed = cli.run("run", "boom", "-i", "\"x\"", "--json", "--data", folder.toString());
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.json().path("failure").path("message").asText()).contains("it went off");
        assertThat(cli.run("ps", "--data", folder.toString()).lines()).hasSize(3);
    }

    @Test
    void a_terminal_shows_colours_and_whoever_reads_the_output_sees_none() {
        Answer coloured = cli.onTerminal("run", "greet", "-i", "\"Ada\"", "--data", folder.toString());

        assertThat(coloured.out()).contains("\u001b[32mRUN_COMPLETED       \u001b[0m");
        assertThat(coloured.out()).contains("\u001b[32mCOMPLETED\u001b[0m");
        assertThat(coloured.err()).isEmpty();
        assertThat(cli.onTerminal("--help").out()).contains("\u001b[");
        assertThat(cli.run("--help").out()).doesNotContain("\u001b[");
    }

    @Test
    void keys_are_made_listed_and_revoked_in_the_store() {
        String data = folder.toString();

        Answer made = cli.run("keys", "create", "--role", "operator", "--name", "ci", "--data", data);
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).matches("ar_[A-Za-z0-9]{4,40}_[A-Za-z0-9_-]{43}\n");
        String id = made.out().split("_")[1];

        assertThat(cli.run("keys", "list", "--data", data).lines().get(1))
                .startsWith(id + "  operator")
                .endsWith("ci");
        assertThat(cli.run("keys", "list", "--data", data, "--json").out())
                .doesNotContain(made.out().strip());
        assertThat(cli.run("keys", "revoke", id, "--data", data).code()).isZero();
        assertThat(cli.run("keys", "revoke", id, "--data", data).code()).isZero();
        assertThat(cli.run("keys", "list", "--data", data, "--json")
                        .json()
                        .path("items")
                        .path(0)
                        .has("revoked_at"))
                .isTrue();
        assertThat(cli.run("keys", "revoke", "none", "--data", data).code()).isEqualTo(5);
        assertThat(cli.run("keys", "create", "--data", data).code()).isEqualTo(2);
        assertThat(cli.run("keys", "create", "--role", "god", "--data", data).code())
                .isEqualTo(2);
        assertThat(cli.run("keys").code()).isEqualTo(2);
    }

    @Test
    void workflow_files_are_checked_where_they_are() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), """
                name: good
                version: "1"
                description: Waits
                steps:
                  - name: rest
                    sleep: 2s
                """);
        Path bad = Files.writeString(
                folder.resolve("bad.yaml"), Files.readString(good).replace("sleep:", "slep:"));

        assertThat(cli.run("workflows", "validate", good.toString()).code()).isZero();
        Answer answer = cli.run("workflows", "validate", bad.toString());
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).startsWith("bad.yaml:").contains("slep");
        assertThat(cli.run("workflows", "validate", folder.toString(), "--json")
                        .json()
                        .path("items")
                        .path(0)
                        .path("line")
                        .asInt())
                .isPositive();
        assertThat(cli.run("workflows", "validate", folder.resolve("none.yaml").toString())
                        .code())
                .isEqualTo(2);
        assertThat(cli.run(
                                "workflows",
                                "validate",
                                Files.createFile(folder.resolve("x.txt")).toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void doctor_looks_at_everything_and_changes_nothing() throws Exception {
        Path data = folder.resolve("data");
        Answer well = new Cli(new TestWorkflows())
                .with("OLLAMA_HOST", "127.0.0.1:1")
                .run("doctor", "--data", data.toString(), "--workflows", folder.toString());
        assertThat(well.code()).as(well.out()).isZero();
        assertThat(well.out())
                .contains("Java", "Data folder", "Disk", "Store", "Workflows", "Sandbox")
                .containsPattern("Ollama +warning");
        assertThat(data).doesNotExist();

        Path file = Files.createFile(folder.resolve("file"));
        assertThat(cli.run("doctor", "--data", file.toString()).code()).isEqualTo(1);
    }

    @Test
    void the_completion_is_a_script_that_bash_takes() throws Exception {
        Answer script = cli.run("completion");
        Path file = Files.writeString(folder.resolve("completion.sh"), script.out());

        Process bash = new ProcessBuilder("bash", "-c", ". " + file + " && complete -p agent-runner")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("complete ")
                .endsWith("agent-runner\n");
        assertThat(bash.waitFor()).isZero();
        assertThat(script.out()).contains("--follow");
    }

    @Test
    void the_page_and_the_help_tell_the_exit_codes() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));

        assertThat(page)
                .contains(Arrays.stream(ExitCode.values())
                        .map(code -> "| " + code.number() + " | " + code.about() + " |\n")
                        .collect(Collectors.joining()));
    }
}
