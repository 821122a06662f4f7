package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fixture.ManualClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every call, with a success and an error, through a proxy that others wrote: it finds nothing but what the document says. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidatingProxyTest {

    private static final Path DOCUMENT = Path.of("src/main/resources/dev/agentrunner/http/openapi.json");

    /** The proxy follows a redirection itself, and these three calls never fail. */
    private static final Set<String> NOT_SEEN =
            Set.of("GET / ok", "GET / error", "GET /ui error", "GET /healthz error");

    private final ManualClock clock = ManualClock.standing();
    private final Fetching store = new Fetching("store", true);
    private final TestServer server = TestServer.open(
            new InMemoryStore(),
            HttpOptions.DEFAULT.auth(Auth.KEYS).clock(clock),
            builder -> builder.models(ModelSettings.DEFAULT.provider(store)));
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @TempDir
    static Path folder;

    @BeforeAll
    void find() throws Exception {
        assumeTrue(Prism.isInstalled(folder), "npm is not installed, or has no registry");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_proxy_sees_no_violation_while_every_call_is_made() throws Exception {
        try (Prism prism = Prism.before(server.http.uri(), DOCUMENT.toAbsolutePath(), folder)) {
            ApiClient anybody = new ApiClient(prism.uri(), Map.of());
            ApiClient admin = anybody.key(server.key("admin", Role.ADMIN));
            access(anybody, admin);
            operations(anybody, admin);
            discovery(admin);
            submissions(admin);
            history(admin);
            commands(admin);
            streamOfAll(admin, anybody.key(server.key("watcher", Role.VIEWER)));

            assertThat(prism.said()).doesNotContain("Violation", "VIOLATION");
        }
        Set<String> all = new TreeSet<>();
        Documented.operations().keySet().forEach(each -> {
            all.add(each + " ok");
            all.add(each + " error");
        });
        all.removeAll(NOT_SEEN);
        assertThat(seen).isEqualTo(all);
    }

    private void access(ApiClient anybody, ApiClient admin) {
        String right = admin.headers().get("Authorization").replace("Bearer ", "");
        see(anybody, 204, "POST", "/session", "{\"key\": \"" + right + "\"}");
        see(anybody, 401, "POST", "/session", "{\"key\": \"wrong\"}");
        see(admin, 200, "GET", "/session");
        see(anybody, 401, "GET", "/session");
        see(admin, 204, "DELETE", "/session");
        see(anybody, 401, "DELETE", "/session");
        see(admin, 200, "GET", "/audit");
        see(admin, 400, "GET", "/audit?cursor=x");
    }

    private void operations(ApiClient anybody, ApiClient admin) {
        for (String path : new String[] {"/readyz", "/metrics", "/openapi.json", "/stats"}) {
            see(admin, 200, "GET", path);
            see(admin, 400, "GET", path + "?x=1");
        }
        see(anybody, 200, "GET", "/healthz");
        see(admin, 200, "GET", "/readyz?verbose");
        see(anybody, 200, "GET", "/ui");
        see(anybody, 200, "GET", "/ui/index.html");
        see(anybody, 404, "GET", "/ui/nothing.html");
    }

    private void discovery(ApiClient admin) {
        for (String path : new String[] {"/workflows", "/providers", "/nodes"}) {
            see(admin, 200, "GET", path);
            see(admin, 406, "GET", path, "Accept", "text/html");
        }
        see(admin, 200, "GET", "/workflows/person?version=1");
        see(admin, 404, "GET", "/workflows/nothing");
        see(admin, 202, "POST", "/providers/store/pull", "{\"model\": \"large\"}");
        see(admin, 404, "POST", "/providers/nobody/pull", "{\"model\": \"large\"}");
        store.go.countDown();
    }

    private void submissions(ApiClient admin) {
        String body = """
                {"workflow": "person", "input": {"name": "Ada"}, "name": "first", "labels": {"team": "search"},
                 "queue": "slow", "priority": 7, "options": {"deadline_seconds": 60}}""";
        ApiClient keyed = admin.with("Idempotency-Key", "once");
        see(keyed, 201, "POST", "/runs", body);
        see(keyed, 200, "POST", "/runs", body);
        see(keyed, 422, "POST", "/runs", body.replace("Ada", "Bob"));
        see(admin, 404, "POST", "/runs", "{\"workflow\": \"nothing\"}");
        see(admin, 422, "POST", "/runs", "{\"workflow\": \"person\", \"input\": {\"name\": 7}}");
        see(
                admin,
                200,
                "GET",
                "/runs?status=QUEUED&status=COMPLETED&status=RUNNING&label=team:search&q=ada&limit=1"
                        + "&created_after=2000-01-01T00:00:00Z");
        see(admin, 400, "GET", "/runs?cursor=x");
    }

    private void history(ApiClient admin) {
        String run = made(admin, "making", "{\"name\": \"a.txt\", \"text\": \"0123456789\"}");
        assertThat(server.end(run)).isEqualTo(RunStatus.COMPLETED);
        String failed = made(admin, "failing", "{}");
        assertThat(server.end(failed)).isEqualTo(RunStatus.FAILED);
        for (String each : new String[] {"/runs/" + run, "/runs/" + failed}) {
            see(admin, 200, "GET", each);
            see(admin, 200, "GET", each + "/steps");
            see(admin, 200, "GET", each + "/events?order=desc&limit=2");
        }
        String path = "/runs/" + run;
        see(
                admin,
                304,
                "GET",
                path,
                "If-None-Match",
                see(admin, 200, "GET", path).header("ETag"));
        assertThat(see(admin, 200, "GET", path + "/events/stream").text()).contains("event: end");
        see(
                admin,
                204,
                "GET",
                path + "/events/stream",
                "Last-Event-ID",
                see(admin, 200, "GET", path).at("/last_seq"));
        String artifact = path + "/artifacts/"
                + see(admin, 200, "GET", path + "/artifacts").at("/items/0/id");
        see(admin, 200, "GET", artifact);
        assertThat(see(admin, 200, "GET", artifact + "/download").text()).isEqualTo("0123456789");
        see(admin, 206, "GET", artifact + "/download", "Range", "bytes=2-4");
        see(admin, 416, "GET", artifact + "/download", "Range", "bytes=10-");
        for (String rest : new String[] {
            "", "/steps", "/events", "/events/stream", "/artifacts", "/artifacts/x", "/artifacts/x/download"
        }) {
            see(admin, 404, "GET", "/runs/x" + rest);
        }
    }

    private void commands(ApiClient admin) {
        String waiting = "/runs/" + made(admin, "waiter", "{}");
        see(admin, 202, "POST", waiting + "/pause", "{\"reason\": \"lunch\"}");
        see(admin, 202, "POST", waiting + "/resume", "{}");
        see(admin, 202, "POST", waiting + "/signals/other", "{\"a\": [1, null]}");
        see(admin, 202, "POST", waiting + "/directive", "{\"text\": \"Be brief\"}");
        see(admin, 409, "POST", waiting + "/fork", "{}");
        see(admin, 409, "DELETE", waiting);
        see(admin, 202, "POST", waiting + "/cancel", "{\"reason\": \"enough\"}");

        String ended = made(admin, "echo", "{}");
        server.end(ended);
        String path = "/runs/" + ended;
        for (String command : new String[] {"/pause", "/resume", "/cancel", "/signals/other"}) {
            see(admin, 409, "POST", path + command, "{}");
        }
        see(admin, 409, "POST", path + "/directive", "{\"text\": \"Be brief\"}");
        see(admin, 201, "POST", path + "/fork", "{\"from_step\": \"say\", \"input\": {\"a\": 1}}");
        see(admin, 204, "DELETE", path);
    }

    private String made(ApiClient admin, String workflow, String input) {
        return see(admin, 201, "POST", "/runs", "{\"workflow\": \"" + workflow + "\", \"input\": " + input + "}")
                .at("/id");
    }

    /** The proxy passes an answer on when it is over, and this one is when its reader's key is revoked. */
    private void streamOfAll(ApiClient admin, ApiClient watcher) {
        see(admin, 406, "GET", "/events/stream", "Accept", "application/json");
        CompletableFuture<Reply> stream =
                CompletableFuture.supplyAsync(() -> see(watcher, 200, "GET", "/events/stream"));
        while (!admin.get("/metrics").text().contains("agent_runner_streams 1")) {
            assertThat(stream).isNotDone();
        }
        String run = made(admin, "echo", "{}");
        server.end(run);
        server.runner.store().keys().revoke("watcher", clock.instant());
        clock.advance(Duration.ofSeconds(10));
        assertThat(stream.join().text()).contains(run);
    }

    @Test
    void the_proxy_would_see_a_violation() throws Exception {
        String wrong = Files.readString(DOCUMENT).replace("\"last_heartbeat\"", "\"last_seen\"");
        Path document = Files.writeString(folder.resolve("wrong.json"), wrong);
        try (Prism prism = Prism.before(server.http.uri(), document, folder)) {
            ApiClient admin = new ApiClient(prism.uri(), Map.of()).key(server.key("other", Role.ADMIN));

            assertThat(catchThrowable(() -> see(admin, 200, "GET", "/nodes"))).hasMessageContaining("VIOLATIONS");
        }
    }

    private Reply see(ApiClient client, int status, String method, String path) {
        return seen(client.send(method, path, BodyPublishers.noBody(), false), status, method, path);
    }

    private Reply see(ApiClient client, int status, String method, String path, String body) {
        return seen(client.send(method, path, BodyPublishers.ofString(body), true), status, method, path);
    }

    private Reply see(ApiClient client, int status, String method, String path, String header, String value) {
        return see(client.with(header, value), status, method, path);
    }

    private Reply seen(Reply reply, int status, String method, String path) {
        assertThat(reply.header("sl-violations")).isEmpty();
        assertThat(reply.status()).as("%s %s answered %s", method, path, reply).isEqualTo(status);
        seen.add(
                method + " " + Documented.template(path.replaceFirst("\\?.*", "")) + (status < 400 ? " ok" : " error"));
        return reply;
    }
}
