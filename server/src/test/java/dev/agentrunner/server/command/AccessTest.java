package dev.agentrunner.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.server.command.Cli.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a server that asks for keys. */
class AccessTest {

    private final TestWorkflows workflows = new TestWorkflows();

    @TempDir
    Path folder;

    private Served served;

    @BeforeEach
    void serve() {
        served = new Served(folder, workflows, HttpOptions.DEFAULT.auth(Auth.KEYS));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void a_key_opens_what_its_role_may_do() throws Exception {
        String key = create("operator").strip();

        Answer made = with(key).run("run", "greet", "-i", "\"Ada\"");

        assertThat(made.code()).as(made.err()).isZero();
        String run = made.out().strip();
        assertThat(with(key).run("logs", "-f", run).out()).contains("RUN_COMPLETED        Hello, Ada");
        assertThat(with(key).run("purge", run).code()).isEqualTo(7);
        assertThat(with(create("admin").strip()).run("purge", run).code()).isZero();
        assertThat(with(create("viewer").strip()).run("run", "greet").code()).isEqualTo(7);
    }

    @Test
    void a_key_may_be_in_a_file() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), create("viewer"));

        assertThat(with("").run("ps", "--key-file", file.toString()).code()).isZero();
    }

    @Test
    void no_key_and_a_wrong_key_are_refused() {
        String right = create("viewer").strip();

        assertThat(with("").run("ps").code()).isEqualTo(7);
        Answer wrong = with(right.substring(0, right.length() - 1) + "#").run("ps");
        assertThat(wrong.code()).isEqualTo(7);
        assertThat(wrong.err()).doesNotContain(right.substring(0, 30));
    }

    private String create(String role) {
        return new Cli(workflows)
                .run("keys", "create", "--role", role, "--data", folder.toString())
                .out();
    }

    private Cli with(String key) {
        return new Cli(workflows).with("AGENT_RUNNER_URL", served.url()).with("AGENT_RUNNER_KEY", key);
    }
}
