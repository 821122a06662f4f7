package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workspace.LocalWorkspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

    private final TestServer server = TestServer.open();
    private final ApiClient client = server.client();

    @AfterAll
    void stop() {
        server.close();
    }

    private String ended() {
        String run = client.submit("echo", "1");
        server.end(run);
        return run;
    }

    private static List<Integer> seqs(Reply reply) {
        List<Integer> seqs = new ArrayList<>();
        reply.json().path("items").forEach(event -> seqs.add(event.path("seq").asInt()));
        return seqs;
    }

    @Test
    void events_are_read_in_order_from_anywhere() {
        String events = "/runs/" + ended() + "/events";

        assertThat(seqs(client.get(events))).containsExactly(1, 2, 3, 4, 5);
        assertThat(client.get(events).at("/head")).isEqualTo("5");
        assertThat(seqs(client.get(events + "?after=3"))).containsExactly(4, 5);
        assertThat(seqs(client.get(events + "?after=99"))).isEmpty();
        assertThat(seqs(client.get(events + "?order=desc"))).containsExactly(5, 4, 3, 2, 1);
        assertThat(seqs(client.get(events + "?order=desc&after=3"))).containsExactly(5, 4);
        assertThat(seqs(client.get(events + "?type=RUN_QUEUED&type=RUN_COMPLETED")))
                .containsExactly(1, 5);
        assertThat(seqs(client.get(events + "?step_id=say"))).containsExactly(3, 4);
        assertThat(seqs(client.get(events + "?step_id=say&type=RUN_QUEUED"))).isEmpty();
    }

    @Test
    void events_are_read_page_by_page_in_both_orders() {
        String events = "/runs/" + ended() + "/events";
        for (String order : List.of("asc", "desc")) {
            for (String filter : List.of("", "&step_id=say", "&type=RUN_STARTED")) {
                List<Integer> whole = seqs(client.get(events + "?order=" + order + filter));
                List<Integer> seen = new ArrayList<>();
                String cursor = "";
                do {
                    Reply page = client.get(events + "?limit=1&order=" + order + filter + cursor);
                    seen.addAll(seqs(page));
                    cursor = page.json().path("next_cursor").isNull() ? "" : "&cursor=" + page.at("/next_cursor");
                } while (!cursor.isEmpty());
                assertThat(seen).as(order + filter).isEqualTo(whole).isNotEmpty();
            }
        }
    }

    @Test
    void a_cursor_is_good_for_its_list_only() {
        String events = "/runs/" + ended() + "/events";
        String cursor = client.get(events + "?limit=1").at("/next_cursor");

        for (String path : List.of(
                events + "?order=desc&cursor=" + cursor,
                "/runs/" + ended() + "/events?cursor=" + cursor,
                events + "?cursor=x",
                events + "?cursor=" + cursor + "A",
                events + "?cursor=AAAAAAAAAAEAAAAAAAAAAA",
                "/runs?cursor=" + cursor,
                "/runs?cursor=%00",
                "/audit?cursor=" + cursor)) {
            assertThat(client.get(path).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void parameters_that_are_none_are_named() {
        String events = "/runs/" + ended() + "/events";
        for (String path : List.of(
                events + "?limit=0",
                events + "?limit=201",
                events + "?limit=x",
                events + "?limit=",
                events + "?after=-1",
                events + "?after=1.5",
                events + "?after=99999999999999999999",
                events + "?wait=31",
                events + "?wait=1&order=desc",
                events + "?order=up",
                events + "?limit=1&limit=2",
                "/runs?status=DONE",
                "/runs?label=x",
                "/runs?label=a:1&label=a:2",
                "/runs?created_after=yesterday",
                "/runs?parent=x",
                "/runs?limit=999")) {
            Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.code()).as(path).isEqualTo("invalid_parameter");
            assertThat(path).contains(reply.at("/errors/0/pointer").replace("?", ""));
        }
        assertThat(client.get("/runs?statuss=x").at("/errors/0/pointer")).isEqualTo("?statuss");
        assertThat(client.get("/runs?key=ar_abcd_x").code()).isEqualTo("unknown_parameter");
        assertThat(client.get(events + "?type=%ff").status()).isEqualTo(400);
    }

    @Test
    void who_waits_gets_the_first_event_that_comes() {
        String run = client.submit("waiter", "1");
        server.has(run, "RUN_SUSPENDED");
        CompletableFuture<Reply> waiting =
                CompletableFuture.supplyAsync(() -> client.get("/runs/" + run + "/events?type=RUN_COMPLETED&wait=30"));

        client.post("/runs/" + run + "/signals/go", "1");

        assertThat(waiting.join().json().path("items")).hasSize(1);
        assertThat(client.get("/runs/" + run + "/events?after=99&wait=30")
                        .json()
                        .path("items"))
                .as("nothing comes any more")
                .isEmpty();
        assertThat(client.get("/runs/" + run + "/events?wait=0").status()).isEqualTo(200);
    }

    @Test
    void secrets_in_an_input_are_not_shown() {
        try (TestServer secretive = TestServer.open(
                new InMemoryStore(), HttpOptions.DEFAULT, builder -> builder.secrets(List.of("hunter2-hunter2")))) {
            ApiClient all = secretive.client();
            String run = all.submit("echo", "{\"password\": \"hunter2-hunter2\"}");
            secretive.end(run);

            for (String path : List.of("", "/events", "/steps")) {
                assertThat(all.get("/runs/" + run + path).text())
                        .doesNotContain("hunter2")
                        .contains("[redacted]");
            }
            assertThat(all.get("/runs").text()).doesNotContain("hunter2");
        }
    }

    @Test
    void steps_show_what_came_of_them() {
        String run = client.submit("failing", "1");
        server.end(run);

        JsonNode step = client.get("/runs/" + run + "/steps").json().at("/items/0");

        assertThat(step.path("status").asText()).isEqualTo("FAILED");
        assertThat(step.path("failure").path("message").asText()).isEqualTo("It is broken");
        assertThat(step.path("duration_ms").isInt()).isTrue();
        assertThat(client.get("/runs/" + ended() + "/steps")
                        .json()
                        .at("/items/0/result")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void steps_name_the_files_that_they_changed(@TempDir Path folder) {
        Workflow<Json, Json> files = Workflow.named("files", "1")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> {
                    run.step("first", Json.class, step -> {
                        step.workspace().files().write(Map.of("a.txt", new byte[] {1}, "b.txt", new byte[] {2}));
                        return input;
                    });
                    return run.step("second", Json.class, step -> {
                        step.workspace().files().write(Map.of("a.txt", new byte[] {3, 4}));
                        step.workspace().files().delete("b.txt");
                        return input;
                    });
                });
        try (TestServer working = TestServer.open(
                new InMemoryStore(),
                HttpOptions.DEFAULT,
                builder -> builder.workflow(files).workspaces(LocalWorkspaces.in(folder)))) {
            ApiClient all = working.client();
            String run = all.submit("files", "1");
            working.end(run);

            JsonNode steps = all.get("/runs/" + run + "/steps").json().path("items");
            assertThat(changes(steps.get(0))).containsExactly("added a.txt", "added b.txt");
            assertThat(changes(steps.get(1))).containsExactly("modified a.txt", "removed b.txt");
            String artifact = steps.at("/1/files/0/artifact_id").asText();
            assertThat(all.get("/runs/" + run + "/artifacts/" + artifact + "/download")
                            .bytes())
                    .containsExactly(3, 4);
        }
    }

    private static List<String> changes(JsonNode step) {
        List<String> changes = new ArrayList<>();
        step.path("files")
                .forEach(file -> changes.add(
                        file.path("change").asText() + " " + file.path("path").asText()));
        return changes;
    }

    @Test
    void streams_begin_where_the_client_says() {
        String run = ended();
        String stream = "/runs/" + run + "/events/stream";

        Reply whole = client.get(stream);
        assertThat(whole.text()).startsWith("retry: 2000").contains("id: 1\n", "id: 5\n", "event: end");
        assertThat(client.with("Last-Event-ID", "3").get(stream).text())
                .doesNotContain("id: 3\n")
                .contains("id: 4\n");
        assertThat(client.with("Last-Event-ID", "5").get(stream).status()).isEqualTo(204);
        for (String wrong : List.of("x", "-1", "6", "1.0", "")) {
            assertThat(client.with("Last-Event-ID", wrong).get(stream).status())
                    .as(wrong)
                    .isEqualTo(400);
            assertThat(client.with("Last-Event-ID", wrong.equals("6") ? "99999999" : wrong)
                            .get("/events/stream")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(client.with("Accept", "application/json").get(stream).status())
                .isEqualTo(406);
        assertThat(client.get("/events/stream?types=%00").status()).isEqualTo(400);
    }
}
