package dev.agentrunner.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.HttpBackend;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as an operator starts and stops it: a process, and signals. */
class ServeTest {

    private static final Pattern READY = Pattern.compile(
            "agent-runner at (http://127\\.0\\.0\\.1:\\d+/), store sqlite:data/agent-runner\\.db, 2 workflows");

    @TempDir
    Path folder;

    @BeforeEach
    void writeWorkflows() throws Exception {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        for (String name : List.of("nap", "doze")) {
            Files.writeString(workflows.resolve(name + ".yaml"), """
                    name: %s
                    version: "1"
                    description: Waits
                    steps:
                      - name: rest
                        sleep: 1d
                    """.formatted(name));
        }
    }

    @Test
    void one_line_says_where_it_is_and_sigterm_ends_it_well() throws Exception {
        String run;
        try (ServerProcess server =
                ServerProcess.start(folder, Map.of("AGENT_RUNNER_LOG_FORMAT", "json"), "serve", "--port", "0")) {
            try (Backend backend = HttpBackend.at(url(server), "")) {
                run = backend.commands()
                        .submit("nap", Json.EMPTY, SubmitOptions.DEFAULT)
                        .path("id")
                        .asText();
            }

            server.terminate();

            assertThat(server.exitCode()).isZero();
            assertThat(server.line()).isEmpty();
            assertThat(server.errors())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(
                                    Json.parse(line).tree().path("level").asText())
                            .isEqualTo("INFO"));
        }
        try (ServerProcess again = ServerProcess.start(folder, Map.of(), "serve", "--port", "0");
                Backend backend = HttpBackend.at(url(again), "")) {
            assertThat(backend.reads().run(run).path("status").asText()).isEqualTo("RUNNING");
            assertThat(backend.reads().runs(RunQuery.ALL).path("items")).hasSize(1);
        }
    }

    @Test
    void what_was_asked_for_before_a_kill_is_there_afterwards() throws Exception {
        String run;
        try (ServerProcess server = ServerProcess.start(folder, Map.of(), "serve", "--port", "0");
                Backend backend = HttpBackend.at(url(server), "")) {
            run = backend.commands()
                    .submit("nap", Json.EMPTY, SubmitOptions.DEFAULT)
                    .path("id")
                    .asText();
            server.kill();
            assertThat(server.exitCode()).isNotZero();
        }
        try (ServerProcess show = ServerProcess.start(folder, Map.of(), "show", run, "--json")) {
            assertThat(show.line()).isEqualTo("{");
            assertThat(show.exitCode()).isZero();
        }
    }

    @Test
    void a_wrong_setting_ends_the_start_with_one_line_and_touches_nothing() throws Exception {
        for (Map<String, String> wrong : List.of(
                Map.of("AGENT_RUNNER_HOST", "0.0.0.0"),
                Map.of("AGENT_RUNNER_AUTH", "password"),
                Map.of("AGENT_RUNNER_WORKER", "1"))) {
            try (ServerProcess server = ServerProcess.start(folder, wrong, "serve", "--port", "0")) {
                assertThat(server.line()).isEmpty();
                assertThat(server.exitCode()).isEqualTo(2);
                assertThat(server.errors()).hasSize(1);
                assertThat(server.errors().get(0))
                        .contains(wrong.keySet().iterator().next().replace("_HOST", "_AUTH"));
            }
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private String url(ServerProcess server) throws Exception {
        String line = server.line();
        Matcher ready = READY.matcher(line);
        assertThat(ready.matches()).as(line + server.errors()).isTrue();
        return ready.group(1);
    }
}
