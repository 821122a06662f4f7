package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {

    private final TestServer server = start();
    private final ApiClient client = server.client();

    TestServer start() {
        return TestServer.open();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_run_is_started_and_found_where_the_answer_says() {
        Reply made = client.post("/runs", """
                {"workflow": "echo", "input": {"a": 1.10, "big": 12345678901234567890}, "name": "first",
                 "labels": {"team": "search", "x": ""}, "queue": "slow", "priority": 7}""");

        assertThat(made.status()).isEqualTo(422);
        made = client.post("/runs", """
                {"workflow": "echo", "input": {"a": 1.10, "big": 12345678901234567890}, "name": "first",
                 "labels": {"team": "search"}, "queue": "slow", "priority": 7, "options": {"deadline_seconds": 60}}""");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/runs/" + made.at("/id"));
        assertThat(made.at("/version")).as("the newest").isEqualTo("2");
        server.end(made.at("/id"));
        Reply found = client.get(made.header("Location"));
        assertThat(found.text())
                .contains("\"input\":{\"a\":1.10,\"big\":12345678901234567890}")
                .contains("\"output\":{\"a\":1.10,\"big\":12345678901234567890}")
                .contains(
                        "\"name\":\"first\"",
                        "\"queue\":\"slow\"",
                        "\"priority\":7",
                        "\"labels\":{\"team\":\"search\"}");
        assertThat(found.json().path("allowed_actions").toString()).isEqualTo("[\"fork\",\"delete\"]");
    }

    @Test
    void an_older_version_can_be_asked_for() {
        Reply made = client.post("/runs", "{\"workflow\": \"echo\", \"version\": \"1\"}");

        assertThat(made.at("/version")).isEqualTo("1");
        assertThat(client.post("/runs", "{\"workflow\": \"echo\", \"version\": \"9\"}")
                        .code())
                .isEqualTo("unknown_workflow");
        assertThat(client.post("/runs", "{\"workflow\": \"nope\"}").status()).isEqualTo(404);
    }

    @Test
    void an_input_is_held_against_the_schema() {
        Reply refused = client.post("/runs", "{\"workflow\": \"person\", \"input\": {\"name\": 7, \"age\": \"x\"}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("invalid_input");
        assertThat(refused.json().findValuesAsText("pointer")).containsExactlyInAnyOrder("/input/name", "/input/age");
        assertThat(client.post("/runs", "{\"workflow\": \"person\"}").at("/errors/0/pointer"))
                .isEqualTo("/input");
        assertThat(client.post("/runs", "{\"workflow\": \"person\", \"input\": {\"name\": \"Ada\"}}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void the_same_key_gives_the_same_run() {
        ApiClient keyed = client.with("Idempotency-Key", "once");
        String body = "{\"workflow\": \"echo\", \"input\": 1, \"labels\": {\"a\": \"b\"}}";

        Reply first = keyed.post("/runs", body);
        Reply again = keyed.post("/runs", body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/id")).isEqualTo(first.at("/id"));
        for (String other : List.of(
                "{\"workflow\": \"echo\", \"input\": 2, \"labels\": {\"a\": \"b\"}}",
                "{\"workflow\": \"echo\", \"input\": 1, \"labels\": {\"a\": \"c\"}}",
                "{\"workflow\": \"waiter\", \"input\": 1, \"labels\": {\"a\": \"b\"}}")) {
            assertThat(keyed.post("/runs", other).code()).as(other).isEqualTo("idempotency_key_reused");
        }
        assertThat(client.with("Idempotency-Key", "k".repeat(255))
                        .post("/runs", body)
                        .status())
                .isEqualTo(201);
        assertThat(client.with("Idempotency-Key", "k".repeat(256))
                        .post("/runs", body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void two_equal_posts_at_once_get_the_same_run() {
        ApiClient keyed = client.with("Idempotency-Key", "together");
        Set<String> ids = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Integer>> posts = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            posts.add(CompletableFuture.supplyAsync(() -> {
                Reply reply = keyed.post("/runs", "{\"workflow\": \"echo\", \"input\": \"x\"}");
                ids.add(reply.at("/id"));
                return reply.status();
            }));
        }

        assertThat(posts.stream().map(CompletableFuture::join).filter(status -> status == 201))
                .hasSize(1);
        assertThat(ids).hasSize(1);
    }

    @Test
    void a_run_that_has_not_changed_is_not_sent_again() {
        String run = client.submit("waiter", "1");
        server.has(run, "RUN_SUSPENDED");
        Reply first = client.get("/runs/" + run);

        Reply same = client.with("If-None-Match", first.header("ETag")).get("/runs/" + run);
        client.post("/runs/" + run + "/pause");
        Reply changed = client.with("If-None-Match", first.header("ETag")).get("/runs/" + run);

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(client.head("/runs/" + run).status()).isEqualTo(200);
    }

    @Test
    void unknown_runs_are_not_found() {
        for (String id :
                List.of("x", "0193f2a4-7c1e-7b52-9d0e-3f1f6a2b9c10", "%2e%2e", "..%2f..%2fetc", "%00", "%E2%82%AC")) {
            for (String rest : List.of("", "/steps", "/events", "/artifacts", "/events/stream", "/artifacts/x")) {
                Reply reply = client.get("/runs/" + id + rest);
                assertThat(reply.status()).as(id + rest).isIn(404, 400);
            }
        }
        assertThat(client.delete("/runs/x").code()).isEqualTo("unknown_run");
        assertThat(client.post("/runs/x/cancel").code()).isEqualTo("unknown_run");
        assertThat(client.head("/runs/x").status()).isEqualTo(404);
    }

    @Test
    void runs_are_listed_page_by_page_and_by_what_they_are() {
        for (int i = 0; i < 5; i++) {
            Reply made = client.post(
                    "/runs",
                    "{\"workflow\": \"waiter\", \"input\": \"needle" + i + "\", \"labels\": {\"k\": \"a:b\", \"n\": \""
                            + i + "\"}}");
            assertThat(made.status()).isEqualTo(201);
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = client.get("/runs?label=k:a:b&limit=2" + next).json();
            page.path("items").forEach(run -> seen.add(run.path("input").asText()));
            next = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asText();
        } while (!next.isEmpty());

        assertThat(seen).containsExactly("needle4", "needle3", "needle2", "needle1", "needle0");
        assertThat(count("label=k:a:b&label=n:3")).isEqualTo(1);
        assertThat(count("q=NEEDLE3")).isEqualTo(1);
        assertThat(count("q=needle&status=RUNNING&status=QUEUED")).isEqualTo(5);
        assertThat(count("q=needle&status=FAILED")).isZero();
        assertThat(count("q=needle&workflow=echo")).isZero();
        assertThat(count("q=needle&created_after=2000-01-01T00:00:00Z&created_before=2999-01-01T00:00:00%2B02:00"))
                .isEqualTo(5);
        assertThat(count("q=needle&created_before=2000-01-01T00:00:00.5Z")).isZero();
    }

    private int count(String query) {
        return client.get("/runs?" + query).json().path("items").size();
    }

    @Test
    void what_is_large_is_left_out_of_lists_and_shown_with_the_run() {
        String text = "\"" + "y".repeat(20_000) + "\"";
        String run = client.submit("echo", text);
        server.end(run);

        JsonNode listed = client.get("/runs?q=" + run).json().at("/items/0");

        assertThat(listed.path("omitted").toString()).isEqualTo("[\"input\",\"output\"]");
        assertThat(listed.has("input") || listed.has("output")).isFalse();
        assertThat(client.get("/runs/" + run).at("/output")).hasSize(20_000);
    }

    @Test
    void an_output_that_is_kept_as_an_artifact_is_put_in_its_place_or_named() {
        String some = client.submit("large", "100000");
        String more = client.submit("large", "2000000");
        server.end(some);
        server.end(more);

        assertThat(client.get("/runs/" + some).at("/output")).hasSize(100_000);
        JsonNode reference = client.get("/runs/" + more).json().path("output_ref");
        assertThat(reference.path("size").asInt()).isEqualTo(2_000_002);
        Reply bytes = client.get(
                "/runs/" + more + "/artifacts/" + reference.path("artifact_id").asText() + "/download");
        assertThat(bytes.bytes()).hasSize(2_000_002);
        JsonNode step = client.get("/runs/" + more + "/steps").json().at("/items/0/result_ref");
        assertThat(step.path("artifact_id").asText()).isNotEmpty();
    }
}
