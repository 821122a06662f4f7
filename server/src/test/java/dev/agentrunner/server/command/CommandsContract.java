package dev.agentrunner.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.command.Cli.Answer;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every command does, whatever it works on: a server is up, and runs are on it. */
abstract class CommandsContract {

    private static final String UNKNOWN = "01890000-0000-7000-8000-000000000000";

    @TempDir
    Path folder;

    private Served served;
    private final TestWorkflows workflows = new TestWorkflows();

    /** The flags that say what to work on. */
    abstract List<String> place(String url, Path data);

    @BeforeEach
    void serve() {
        served = new Served(folder, workflows);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    final Answer cli(String... arguments) {
        return cli(new Cli(workflows), arguments);
    }

    private Answer cli(Cli cli, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(place(served.url(), folder));
        return cli.run(all.toArray(String[]::new));
    }

    @Test
    void ps_lists_runs_newest_first_and_narrows_them() throws Exception {
        // Not of hexadecimal digits only: ids are searched, too.
        String first = served.ended("greet", "Grace");
        String second = served.ended("boom", "x");

        Answer all = cli("ps");
        assertThat(all.code()).isZero();
        assertThat(all.lines()).hasSize(3);
        assertThat(all.lines().get(0)).startsWith("ID ").endsWith("NAME");
        assertThat(all.lines().get(1))
                .startsWith(second + "  FAILED     boom 1    ")
                .endsWith("  test");
        assertThat(all.lines().get(2)).startsWith(first + "  COMPLETED  greet 1   ");
        assertThat(cli("ps", "--status", "failed").lines()).hasSize(2);
        assertThat(cli("ps", "--workflow", "greet").out()).contains(first).doesNotContain(second);
        assertThat(cli("ps", "-q", "Grace").out()).contains(first).doesNotContain(second);
        Answer one = cli("ps", "-n", "1", "--json");
        assertThat(one.json().path("items")).hasSize(1);
        assertThat(one.json().path("next_cursor").isTextual()).isTrue();
        assertThat(cli("ps", "-n", "1").err()).contains("--limit");
    }

    @Test
    void show_tells_how_a_run_stands_also_by_a_part_of_its_id() throws Exception {
        String run = served.ended("greet", "Ada and s3cret-value");

        Answer shown = cli("show", run.substring(24));

        assertThat(shown.out())
                .contains("Run       " + run)
                .contains("Status    COMPLETED")
                .contains("Output    Hello, Ada")
                .doesNotContain("\u001b");
        assertThat(cli("show", run, "--json").json().path("output").asText()).startsWith("Hello, Ada");
    }

    @Test
    void what_is_unknown_is_exit_code_five() {
        for (String command :
                List.of("show", "steps", "logs", "cancel", "pause", "resume", "fork", "artifacts", "purge")) {
            Answer answer = cli(command, UNKNOWN);
            assertThat(answer.code()).as(command + ": " + answer.err()).isEqualTo(5);
            assertThat(answer.err()).startsWith("agent-runner: ").contains(UNKNOWN);
            assertThat(answer.out()).isEmpty();
        }
        assertThat(cli("show", "not-an-id").code()).isEqualTo(5);
        assertThat(cli("workflows", "nothing").code()).isEqualTo(5);
        assertThat(cli("run", "nothing").code()).isEqualTo(5);
    }

    @Test
    void steps_and_logs_tell_what_happened() throws Exception {
        String run = served.ended("boom", "x");

        assertThat(cli("steps", run).lines().get(1))
                .startsWith("fuse  step  FAILED  1")
                .contains("it went off");
        assertThat(cli("steps", run, "--json")
                        .json()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asText())
                .isEqualTo("FAILED");
        Answer logs = cli("logs", run);
        assertThat(logs.code()).isZero();
        assertThat(logs.lines().get(0)).matches(" +1  \\d\\d:\\d\\d:\\d\\d\\.\\d{3}  RUN_QUEUED +boom");
        assertThat(logs.out()).contains("STEP_STARTED         fuse").contains("RUN_FAILED");
        JsonNode document = cli("logs", run, "--json", "--after", "1").json();
        assertThat(document.path("items").path(0).path("seq").asLong()).isEqualTo(2);
        assertThat(document.path("head").asLong()).isEqualTo(logs.lines().size());
    }

    @Test
    void following_ends_with_the_run_and_says_how_it_did() throws Exception {
        Answer failed = cli("logs", "-f", served.ended("boom", "x"));
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.lines().get(failed.lines().size() - 1))
                .startsWith("Run ")
                .contains("FAILED")
                .contains("it went off");
        Answer completed = cli("logs", "-f", "--json", served.ended("greet", "x"));
        assertThat(completed.code()).isZero();
        assertThat(completed.lines())
                .allSatisfy(line ->
                        assertThat(Json.parse(line).tree().path("seq").asLong()).isPositive());
        assertThat(completed.err()).isEmpty();
    }

    @Test
    void run_and_follow_shows_it_to_its_end() {
        Answer completed = cli("run", "greet", "--input", "\"Ada\"", "--follow", "--label", "a=b", "--name", "mine");

        assertThat(completed.code()).as(completed.err()).isZero();
        assertThat(completed.out()).contains("RUN_QUEUED").contains("RUN_COMPLETED        Hello, Ada");
        assertThat(cli("run", "boom", "-i", "\"x\"", "-f").code()).isEqualTo(3);
        assertThat(cli("ps", "-l", "a=b").lines()).hasSize(2);
    }

    @Test
    void an_input_may_come_from_a_file_or_be_typed_and_must_be_json() throws Exception {
        Path file = Files.writeString(folder.resolve("input.json"), "\"file\"");

        assertThat(cli("run", "greet", "-f", "-i", "@" + file).out()).contains("Hello, file");
        assertThat(cli(new Cli(workflows).typing("\"typed\""), "run", "greet", "-f", "-i", "@-")
                        .out())
                .contains("Hello, typed");
        assertThat(cli("run", "greet", "-i", "no json").code()).isEqualTo(2);
        assertThat(cli("run", "greet", "-i", "@" + folder.resolve("none")).code())
                .isEqualTo(2);
    }

    @Test
    void cancel_ends_a_run_and_whoever_follows_it_learns_it() throws Exception {
        String run = served.waiting("nap");

        Answer canceled = cli("cancel", run, "--reason", "enough");

        assertThat(canceled.code()).isZero();
        served.awaitState(run, row -> row.status() == RunStatus.CANCELED);
        assertThat(cli("logs", "-f", run).code()).isEqualTo(4);
        assertThat(cli("show", run).out()).contains("enough");
        assertThat(cli("cancel", run).code()).isZero();
        assertThat(cli("pause", run).code()).isEqualTo(7);
    }

    @Test
    void a_run_that_asks_is_approved_by_its_only_open_question() throws Exception {
        String run = served.waiting("gate");
        assertThat(cli("show", run).err()).contains("agent-runner approve " + run + " ask");

        Answer approved = cli("approve", run, "--comment", "fine");

        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(approved.out()).isEqualTo("Approved ask\n");
        assertThat(cli("logs", "-f", run).out()).contains("true fine");
        assertThat(cli("approve", run).code()).isEqualTo(5);
        assertThat(cli("signal", run, "late").code()).isEqualTo(7);
    }

    @Test
    void pause_and_resume_are_recorded() throws Exception {
        String run = served.waiting("nap");

        assertThat(cli("pause", run, "-r", "lunch").code()).isZero();
        served.awaitState(run, dev.agentrunner.spi.model.RunRow::pauseRequested);
        assertThat(cli("resume", run).out()).startsWith("Run " + run);
        served.awaitState(run, row -> !row.pauseRequested());
        assertThat(cli("signal", run, "directive", "{\"text\":\"go\"}", "--json")
                        .json()
                        .path("type")
                        .asText())
                .isEqualTo("RUN_SIGNALED");
    }

    @Test
    void fork_starts_a_new_run_from_one_that_has_ended() throws Exception {
        String run = served.ended("greet", "Ada");

        String forked = cli("fork", run, "--from", "draft").out().strip();

        assertThat(forked).hasSize(36).isNotEqualTo(run);
        assertThat(cli("show", forked, "--json").json().path("forked_from").asText())
                .isEqualTo(run);
        assertThat(cli("fork", served.waiting("nap")).code()).isEqualTo(7);
    }

    @Test
    void artifacts_are_listed_and_read_back() throws Exception {
        String run = served.ended("greet", "Ada");
        Path file = folder.resolve("out.txt");

        assertThat(cli("artifacts", run).lines().get(1)).startsWith("greeting.txt  document  text/plain");
        assertThat(cli("artifacts", "get", run, "greeting.txt").out()).isEqualTo("Hello, Ada");
        assertThat(cli("artifacts", "get", run, "greeting.txt", "-o", file.toString())
                        .code())
                .isZero();
        assertThat(file).hasContent("Hello, Ada");
        assertThat(cli("artifacts", "get", run, "other").code()).isEqualTo(5);
    }

    @Test
    void purge_deletes_what_has_ended_and_nothing_else() throws Exception {
        String ended = served.ended("greet", "Ada");
        String waiting = served.waiting("nap");

        assertThat(cli("purge", "--older-than", "1d").out()).isEmpty();
        assertThat(cli("purge", "--older-than", "1ms", "--dry-run").out()).isEqualTo("Would purge " + ended + "\n");
        assertThat(cli("purge", waiting).code()).isEqualTo(7);
        assertThat(cli("purge", ended).out()).isEqualTo("Purged " + ended + "\n");
        assertThat(cli("show", ended).code()).isEqualTo(5);
        assertThat(cli("purge").code()).isEqualTo(2);
    }

    @Test
    void workflows_are_listed_and_shown() {
        assertThat(cli("workflows").lines())
                .contains("greet  1        code    Greets somebody")
                .hasSize(5);
        assertThat(cli("workflows", "greet").out()).contains("About").contains("Greets somebody");
        assertThat(cli("workflows", "--json").json().path("items").path(0).has("source"))
                .isTrue();
    }
}
