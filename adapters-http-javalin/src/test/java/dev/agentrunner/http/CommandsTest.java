package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunStatus;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {

    private final TestServer server = TestServer.open();
    private final ApiClient client = server.client();

    @AfterAll
    void stop() {
        server.close();
    }

    private String waiting() {
        String run = client.submit("waiter", "1");
        server.has(run, "RUN_SUSPENDED");
        return run;
    }

    private String ended() {
        String run = client.submit("echo", "1");
        server.end(run);
        return run;
    }

    @Test
    void a_run_is_canceled_once() {
        String run = waiting();

        Reply first = client.post("/runs/" + run + "/cancel", "{\"reason\": \"enough\"}");
        server.end(run);
        Reply again = client.post("/runs/" + run + "/cancel");

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/status")).isEqualTo("CANCELED");
        assertThat(again.at("/cancel_reason")).isEqualTo("enough");
        assertThat(client.post("/runs/" + ended() + "/cancel").code()).isEqualTo("run_finished");
    }

    @Test
    void a_run_is_canceled_by_force() {
        String run = waiting();

        assertThat(client.post("/runs/" + run + "/cancel", "{\"force\": true}").at("/status"))
                .isEqualTo("CANCELED");
    }

    @Test
    void a_run_is_paused_and_goes_on() {
        String run = waiting();

        assertThat(client.post("/runs/" + run + "/resume").status())
                .as("is not paused")
                .isEqualTo(200);
        Reply paused = client.post("/runs/" + run + "/pause", "{\"reason\": \"lunch\"}");
        assertThat(paused.status()).isEqualTo(202);
        assertThat(paused.json().path("allowed_actions").toString())
                .contains("resume")
                .doesNotContain("pause\"");
        assertThat(client.post("/runs/" + run + "/pause").status()).isEqualTo(200);
        assertThat(client.post("/runs/" + run + "/resume", "{}").status()).isEqualTo(202);
        String over = ended();
        assertThat(client.post("/runs/" + over + "/pause").code()).isEqualTo("run_finished");
        assertThat(client.post("/runs/" + over + "/resume").code()).isEqualTo("run_finished");
    }

    @Test
    void a_signal_is_any_json_and_the_answer_is_what_was_recorded() {
        String run = waiting();

        Reply event = client.post("/runs/" + run + "/signals/go", "[1, {\"a\": null}]");

        assertThat(event.status()).isEqualTo(202);
        assertThat(event.at("/type")).isEqualTo("RUN_SIGNALED");
        assertThat(event.json().at("/payload/payload").toString()).isEqualTo("[1,{\"a\":null}]");
        assertThat(server.end(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(client.get("/runs/" + run).json().path("output").toString()).isEqualTo("[1,{\"a\":null}]");
        assertThat(client.post("/runs/" + run + "/signals/go", "1").code()).isEqualTo("run_finished");
    }

    @Test
    void a_signal_has_limits() {
        String run = waiting();

        assertThat(client.post("/runs/" + run + "/signals/x", "\"" + "y".repeat(256 << 10) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(client.post("/runs/" + run + "/signals/" + "n".repeat(201), "1")
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/runs/" + run + "/signals/%20", "1").status()).isEqualTo(422);
        assertThat(client.post("/runs/" + run + "/signals/approval.x", "{\"approved\": \"yes\"}")
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/runs/" + run + "/signals/a%2Fb%23c", "1").at("/payload/name"))
                .isEqualTo("a/b#c");
        assertThat(client.post("/runs/" + run + "/signals/empty")
                        .json()
                        .at("/payload/payload")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_directive_is_a_signal() {
        String run = waiting();

        Reply event = client.post("/runs/" + run + "/directive", "{\"text\": \"Be brief\"}");

        assertThat(event.at("/payload/name")).isEqualTo("directive");
        assertThat(event.at("/payload/payload")).isEqualTo("Be brief");
        assertThat(event.at("/actor")).isEqualTo("user:local");
        assertThat(client.post("/runs/" + run + "/directive", "{\"text\": \"\"}")
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/runs/" + run + "/directive").status()).isEqualTo(400);
        assertThat(client.post("/runs/" + ended() + "/directive", "{\"text\": \"x\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void an_approval_is_asked_for_and_given() {
        String run = client.submit("asker", "1");
        server.has(run, "RUN_SUSPENDED");

        Reply asking = client.get("/runs/" + run);
        assertThat(asking.at("/waiting")).isEqualTo("APPROVAL");
        assertThat(asking.at("/approvals/0/message")).isEqualTo("May this be sent?");
        assertThat(asking.at("/approvals/0/step_id")).isEqualTo("review");
        String artifact = asking.at("/approvals/0/artifact_id");
        assertThat(client.get("/runs/" + run + "/artifacts/" + artifact).at("/name"))
                .isEqualTo("draft.md");
        client.post("/runs/" + run + "/signals/" + asking.at("/approvals/0/signal"), "{\"approved\": true}");

        server.end(run);
        Reply done = client.get("/runs/" + run);
        assertThat(done.json().path("output").asBoolean()).isTrue();
        assertThat(done.json().has("approvals")).isFalse();
    }

    @Test
    void a_run_that_has_ended_is_forked() {
        String run = client.submit("failing", "5");
        assertThat(server.end(run)).isEqualTo(RunStatus.FAILED);
        assertThat(client.get("/runs/" + run).at("/failure/message")).contains("It is broken");

        Reply fork = client.post("/runs/" + run + "/fork", "{\"from_step\": \"break\", \"input\": 6}");

        assertThat(fork.status()).isEqualTo(201);
        assertThat(fork.header("Location")).isEqualTo("/runs/" + fork.at("/id"));
        assertThat(fork.at("/forked_from")).isEqualTo(run);
        assertThat(fork.at("/input")).isEqualTo("6");
        assertThat(client.get("/runs?forked_from=" + run).json().path("items")).hasSize(1);
        assertThat(client.post("/runs/" + run + "/fork").status()).isEqualTo(201);
        for (String wrong :
                List.of("{\"from_step\": \"nope\"}", "{\"version\": \"99\"}", "{\"from_step\": \"\"}", "{\"x\": 1}")) {
            assertThat(client.post("/runs/" + run + "/fork", wrong).status())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(client.post("/runs/" + waiting() + "/fork").code()).isEqualTo("run_not_finished");
    }

    @Test
    void a_fork_can_be_of_another_version() {
        Reply made = client.post("/runs", "{\"workflow\": \"echo\", \"version\": \"1\", \"input\": 1}");
        server.end(made.at("/id"));

        assertThat(client.post("/runs/" + made.at("/id") + "/fork", "{\"version\": \"2\"}")
                        .at("/version"))
                .isEqualTo("2");
    }

    @Test
    void a_run_that_has_ended_is_deleted() {
        String run = ended();

        assertThat(client.delete("/runs/" + waiting()).code()).isEqualTo("run_not_finished");
        assertThat(client.delete("/runs/" + run).status()).isEqualTo(204);
        assertThat(client.get("/runs/" + run).status()).isEqualTo(404);
        assertThat(client.delete("/runs/" + run).status()).isEqualTo(404);
    }

    @Test
    void commands_take_no_more_than_they_say() {
        String run = waiting();
        for (String command : List.of("cancel", "pause", "resume")) {
            String path = "/runs/" + run + "/" + command;
            assertThat(client.post(path, "{\"reasons\": \"x\"}").status())
                    .as(command)
                    .isEqualTo(422);
            assertThat(client.post(path, "{\"reason\": 1}").status())
                    .as(command)
                    .isEqualTo(422);
            assertThat(client.post(path, "[]").status()).as(command).isEqualTo(422);
            assertThat(client.post(path + "?x=1", "{}").code()).as(command).isEqualTo("unknown_parameter");
        }
        assertThat(client.post("/runs/" + run + "/cancel", "{\"force\": \"yes\"}")
                        .status())
                .isEqualTo(422);
    }
}
