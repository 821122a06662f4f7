package dev.agentrunner.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.server.command.Cli.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a database that others share. */
class PostgresTest {

    @TempDir
    Path folder;

    @Test
    void runs_and_artifacts_are_in_the_database() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Cli cli = new Cli(new TestWorkflows())
                    .with("AGENT_RUNNER_DB_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres")
                    .with("AGENT_RUNNER_DB_USER", "postgres")
                    .with("AGENT_RUNNER_DB_PASSWORD", "whatever-it-is")
                    .with("AGENT_RUNNER_DATA", folder.resolve("data").toString());

            Answer completed = cli.run("run", "greet", "-i", "\"Ada\"", "--json");

            assertThat(completed.code()).as(completed.err()).isZero();
            String run = completed.json().path("id").asText();
            assertThat(cli.run("ps").out()).contains(run);
            assertThat(cli.run("artifacts", "get", run, "greeting.txt").out()).isEqualTo("Hello, Ada");
            assertThat(folder.resolve("data/artifacts")).doesNotExist();
            assertThat(folder.resolve("data/agent-runner.db")).doesNotExist();
            assertThat(cli.run("doctor").out())
                    .containsPattern("Store +ok +postgres")
                    .doesNotContain("whatever-it-is");
        }
    }

    @Test
    void a_database_that_is_not_there_is_exit_code_six() {
        Answer answer = new Cli(new TestWorkflows()).run("ps", "--db-url", "jdbc:postgresql://127.0.0.1:1/x");

        assertThat(answer.code()).isEqualTo(6);
        assertThat(answer.err()).contains("cannot be reached");
    }
}
