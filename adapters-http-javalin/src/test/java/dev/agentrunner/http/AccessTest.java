package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.tck.fault.KeptStore;
import dev.agentrunner.tck.fixture.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final ManualClock clock = ManualClock.standing();
    private final TestServer server = TestServer.withKeys(clock);
    private final ApiClient client = server.client();
    private final String viewer = server.key("viewer", Role.VIEWER);
    private final String operator = server.key("operator", Role.OPERATOR);
    private final String admin = server.key("admin", Role.ADMIN);
    private final String origin = client.base().toString();

    @AfterEach
    void stop() {
        server.close();
    }

    private String cookie(String key) {
        Reply reply = client.post("/session", "{\"key\": \"" + key + "\"}");
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Set-Cookie"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
                .doesNotContain(key, "Secure");
        return reply.header("Set-Cookie").replaceFirst(";.*", "");
    }

    @Test
    void without_a_key_only_what_is_public_is_answered() {
        for (String path : List.of("/healthz", "/readyz", "/ui/", "/ui/index.html")) {
            assertThat(client.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(client.get("/").status()).isEqualTo(302);
        for (String path : List.of(
                "/runs",
                "/runs/x",
                "/events/stream",
                "/workflows",
                "/nodes",
                "/providers",
                "/stats",
                "/audit",
                "/openapi.json",
                "/readyz?verbose",
                "/session")) {
            Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).as(path).startsWith("Bearer");
        }
        assertThat(client.post("/runs", "{").status())
                .as("before the body is read")
                .isEqualTo(401);
    }

    @Test
    void roles_may_do_what_they_are_for() {
        String run = client.key(operator).submit("waiter", "1");

        assertThat(client.key(viewer).get("/runs/" + run).json().path("allowed_actions"))
                .isEmpty();
        assertThat(client.key(operator).get("/runs/" + run).json().path("allowed_actions"))
                .isNotEmpty();
        assertThat(client.key(viewer).post("/runs", "{\"workflow\": \"echo\"}").code())
                .isEqualTo("forbidden");
        assertThat(client.key(viewer).post("/runs/" + run + "/cancel").status()).isEqualTo(403);
        assertThat(client.key(operator).post("/runs/" + run + "/cancel").status())
                .isEqualTo(202);
        server.end(run);
        assertThat(client.key(operator).delete("/runs/" + run).status()).isEqualTo(403);
        assertThat(client.key(operator).get("/audit").status()).isEqualTo(403);
        assertThat(client.key(admin).delete("/runs/" + run).status()).isEqualTo(204);
        assertThat(client.key(viewer).get("/readyz?verbose").json().path("checks"))
                .isNotEmpty();
    }

    @Test
    void what_is_done_is_written_down_with_who_did_it() {
        String run = client.key(operator).submit("waiter", "1");
        client.key(viewer).post("/runs/" + run + "/cancel");
        client.key(operator).post("/runs/" + run + "/cancel", "[]");
        client.key("ar_nobody_" + "x".repeat(43)).get("/runs");
        cookie(viewer);
        client.post("/session", "{\"key\": \"wrong\"}");
        client.key(viewer).get("/audit");

        List<String> entries = new ArrayList<>();
        for (JsonNode each : client.key(admin).get("/audit").json().path("items")) {
            entries.add(each.path("actor").asText() + " " + each.path("action").asText() + " "
                    + each.path("outcome").asText());
            assertThat(each.path("address").asText()).isEqualTo("127.0.0.1");
        }
        assertThat(entries)
                .containsExactly(
                        "user:operator run_submit ok",
                        "user:viewer run_cancel forbidden",
                        "user:operator run_cancel invalid_request",
                        "user:nobody show_key unauthenticated",
                        "user:viewer sign_in ok",
                        "user:nobody sign_in unauthenticated",
                        "user:viewer read forbidden");
        JsonNode page = client.key(admin).get("/audit?limit=2").json();
        assertThat(page.at("/items/0/target").asText()).isEqualTo("/runs/" + run);
        assertThat(client.key(admin)
                        .get("/audit?limit=2&cursor=" + page.path("next_cursor").asText())
                        .at("/items/0/action"))
                .isEqualTo("run_cancel");
    }

    @Test
    void a_revoked_key_is_refused_within_ten_seconds_and_its_sessions_with_it() {
        ApiClient session = client.with("Cookie", cookie(operator));
        assertThat(client.key(operator).get("/runs").status()).isEqualTo(200);

        server.runner.store().keys().revoke("operator", clock.instant());
        clock.advance(Duration.ofSeconds(10));

        assertThat(client.key(operator).get("/runs").status()).isEqualTo(401);
        assertThat(session.get("/runs").status()).isEqualTo(401);
        assertThat(client.post("/session", "{\"key\": \"" + operator + "\"}").status())
                .isEqualTo(401);
    }

    @Test
    void wrong_keys_are_looked_at_twenty_times_a_minute_and_right_ones_always() {
        for (int i = 0; i < 20; i++) {
            Reply reply = i % 2 == 0
                    ? client.key(viewer.substring(0, viewer.length() - 1) + "_").get("/runs")
                    : client.post("/session", "{\"key\": \"ar_viewer_no\"}");
            assertThat(reply.status()).isEqualTo(401);
        }

        Reply reply = client.key("nonsense").get("/runs");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 61);
        assertThat(client.post("/session", "{\"key\": \"ar_viewer_no\"}").status())
                .isEqualTo(429);
        assertThat(client.key(viewer).get("/runs").status()).isEqualTo(200);
        assertThat(client.get("/healthz").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(61));
        assertThat(client.key("nonsense").get("/runs").status()).isEqualTo(401);
    }

    @Test
    void a_session_reads_and_from_the_own_pages_writes() {
        ApiClient session = client.with("Cookie", "other=1; " + cookie(operator));
        String body = "{\"workflow\": \"echo\", \"input\": 1}";

        assertThat(session.get("/session").at("/principal")).isEqualTo("operator");
        assertThat(session.get("/session").at("/role")).isEqualTo("operator");
        assertThat(session.get("/session").at("/expires_at")).isEqualTo("2030-01-02T00:00:00.123Z");
        assertThat(session.with("Origin", origin).post("/runs", body).status()).isEqualTo(201);
        assertThat(session.with("Origin", origin.replace("http:", "https:"))
                        .post("/runs", body)
                        .status())
                .isEqualTo(201);
        assertThat(session.post("/runs", body).code()).isEqualTo("cross_origin");
        for (String other :
                List.of("null", "http://evil.example", origin + "0", "http://localhost", "", origin + "/")) {
            assertThat(session.with("Origin", other).post("/runs", body).code())
                    .as(other)
                    .isEqualTo("cross_origin");
            assertThat(session.with("Origin", other).get("/runs").status())
                    .as(other)
                    .isEqualTo(200);
        }
        assertThat(client.key(operator)
                        .with("Origin", "http://elsewhere")
                        .post("/runs", body)
                        .status())
                .as("a key is no cookie")
                .isEqualTo(201);
    }

    @Test
    void a_session_ends_after_twelve_hours() {
        ApiClient session = client.with("Cookie", cookie(viewer));

        clock.advance(Duration.ofHours(12).minusMillis(1));
        assertThat(session.get("/session").status()).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));
        assertThat(session.get("/session").status()).isEqualTo(401);
    }

    @Test
    void a_session_is_good_on_every_node() {
        InMemoryStore store = new InMemoryStore();
        HttpOptions options = HttpOptions.DEFAULT.auth(Auth.KEYS).clock(clock);
        try (TestServer one = TestServer.open(new KeptStore(store), options, builder -> builder);
                TestServer other = TestServer.open(new KeptStore(store), options, builder -> builder)) {
            String key = one.key("shared", Role.OPERATOR);
            Reply signedIn = one.client().post("/session", "{\"key\": \"" + key + "\"}");
            ApiClient session =
                    other.client().with("Cookie", signedIn.header("Set-Cookie").replaceFirst(";.*", ""));

            assertThat(session.get("/session").at("/principal")).isEqualTo("shared");
            one.runner.store().keys().revoke("shared", clock.instant());
            clock.advance(Duration.ofSeconds(10));
            assertThat(session.get("/session").status()).isEqualTo(401);
        }
    }

    @Test
    void a_stream_ends_with_the_key_that_opened_it() {
        String run = client.key(operator).submit("waiter", "1");
        CompletableFuture<Reply> stream =
                CompletableFuture.supplyAsync(() -> client.key(viewer).get("/runs/" + run + "/events/stream"));

        server.runner.store().keys().revoke("viewer", clock.instant());
        clock.advance(Duration.ofSeconds(10));

        assertThat(stream.join().text()).doesNotContain("event: end");
    }

    @Test
    void a_session_cannot_be_made_up() {
        String cookie = cookie(viewer);
        String token = cookie.substring("ar_session=".length());
        assertThat(token).hasSize(43).isNotEqualTo(cookie(viewer).substring("ar_session=".length()));
        for (String forged :
                List.of(token.substring(1), token + "A", "A".repeat(43), "", ".", "x", viewer, "a".repeat(5_000))) {
            assertThat(client.with("Cookie", "ar_session=" + forged)
                            .get("/runs")
                            .status())
                    .as(forged)
                    .isEqualTo(401);
        }
        assertThat(client.with("Cookie", cookie).get("/runs").status()).isEqualTo(200);
    }

    @Test
    void keys_are_taken_from_the_header_only() {
        assertThat(client.get("/runs?key=" + viewer).status()).isEqualTo(401);
        assertThat(client.get("/runs?access_token=" + viewer).status()).isEqualTo(401);
        assertThat(client.with("Authorization", "Basic " + viewer).get("/runs").status())
                .isEqualTo(401);
        assertThat(client.with("Authorization", "bearer " + viewer).get("/runs").status())
                .isEqualTo(200);
        assertThat(client.key(viewer).get("/runs?key=" + viewer).status()).isEqualTo(400);
    }

    @Test
    void idempotency_keys_are_each_callers_own() {
        String body = "{\"workflow\": \"echo\", \"input\": 1}";

        Reply one = client.key(operator).with("Idempotency-Key", "same").post("/runs", body);
        Reply other = client.key(admin).with("Idempotency-Key", "same").post("/runs", body);

        assertThat(one.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(201);
        assertThat(one.at("/id")).isNotEqualTo(other.at("/id"));
    }

    @Test
    void an_open_server_listens_on_this_machine_only() {
        assertThatThrownBy(() -> HttpServer.start(server.runner, HttpOptions.DEFAULT, "0.0.0.0", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AGENT_RUNNER_AUTH");
    }

    @Test
    void an_open_server_says_so_and_still_refuses_other_sites() {
        try (TestServer open = TestServer.open()) {
            ApiClient anybody = open.client();
            assertThat(anybody.get("/session").at("/auth")).isEqualTo("none");
            assertThat(anybody.get("/session").at("/role")).isEqualTo("admin");
            assertThat(anybody.post("/session", "{\"key\": \"x\"}").status()).isEqualTo(404);
            String run = anybody.submit("waiter", "1");
            assertThat(anybody.with("Origin", "http://evil.example")
                            .post("/runs/" + run + "/cancel")
                            .code())
                    .isEqualTo("cross_origin");
            assertThat(anybody.with("Origin", anybody.base().toString())
                            .post("/runs/" + run + "/cancel")
                            .status())
                    .isEqualTo(202);
        }
    }
}
