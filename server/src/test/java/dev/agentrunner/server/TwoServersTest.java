package dev.agentrunner.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Commands.Cancel;
import dev.agentrunner.server.client.Feed;
import dev.agentrunner.server.client.HttpBackend;
import dev.agentrunner.server.client.ProblemException;
import dev.agentrunner.spi.model.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one Postgres: the first only has the API, the second executes. Each has a data folder of its own. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoServersTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration REVOKED = Duration.ofSeconds(10);
    private static final Pattern READY =
            Pattern.compile("agent-runner at (http://127\\.0\\.0\\.1:\\d+/), store postgres.*");
    private static final List<String> WORKFLOWS = List.of("""
            name: publish
            version: "1"
            steps:
              - name: gate
                approval: { message: "Now?" }
              - name: write
                shell: { run: [pwd] }
                artifact: place.txt
            """, """
            name: toil
            version: "1"
            steps:
              - name: work
                shell: { run: [sleep, "600"] }
            """);

    @TempDir
    static Path folder;

    private EmbeddedPostgres postgres;
    private ServerProcess first;
    private ServerProcess second;
    private String firstUrl;
    private String secondUrl;
    private String admin;
    private Backend one;
    private Backend other;

    @BeforeAll
    void start() throws Exception {
        Path workflows = Files.createDirectory(folder.resolve("workflows"));
        for (String workflow : WORKFLOWS) {
            Files.writeString(workflows.resolve(workflow.hashCode() + ".yaml"), workflow);
        }
        postgres = EmbeddedPostgres.start();
        admin = tell("keys", "create", "--role", "admin");
        first = serve("first", 0);
        second = serve("second", 8);
        firstUrl = url(first);
        secondUrl = url(second);
        one = HttpBackend.at(firstUrl, admin);
        other = HttpBackend.at(secondUrl, admin);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {first, second, postgres}) {
            if (each != null) {
                each.close();
            }
        }
    }

    private ServerProcess serve(String name, int workers) throws Exception {
        return process(name, Map.of("AGENT_RUNNER_WORKERS", Integer.toString(workers)), "serve", "--port", "0");
    }

    private ServerProcess process(String name, Map<String, String> more, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("AGENT_RUNNER_DB_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
        environment.put("AGENT_RUNNER_DB_USER", "postgres");
        environment.put("AGENT_RUNNER_AUTH", "keys");
        environment.put("AGENT_RUNNER_DATA", folder.resolve(name).toString());
        return ServerProcess.start(folder, environment, arguments);
    }

    /** The first line that a command answers on the first node's settings. */
    private String tell(String... arguments) throws Exception {
        try (ServerProcess command = process("first", Map.of(), arguments)) {
            String line = command.line();
            assertThat(command.exitCode()).as(command.errors().toString()).isZero();
            return line;
        }
    }

    private static String url(ServerProcess server) throws Exception {
        String line = server.line();
        Matcher ready = READY.matcher(line);
        assertThat(ready.matches()).as(line + server.errors()).isTrue();
        return ready.group(1);
    }

    @Test
    void what_is_submitted_to_the_first_runs_on_the_second_and_is_followed_on_the_first() throws Exception {
        String run = submit(one, "publish");
        BlockingQueue<JsonNode> seen = new LinkedBlockingQueue<>();
        CompletableFuture<List<JsonNode>> followed = CompletableFuture.supplyAsync(() -> follow(one, run, seen));

        JsonNode asking = await(seen, "RUN_SUSPENDED");
        assertThat(followed).as("at the run that waits").isNotDone();
        one.commands().signal(run, "approval.gate", new Json("{\"approved\": true}"));

        List<JsonNode> events = followed.get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(events).isEqualTo(items(other.reads().events(run, 0, 200))).contains(asking);
        assertThat(events.get(events.size() - 1).path("type").asText()).isEqualTo("RUN_COMPLETED");
        String worker = "worker:" + idOfWorker();
        assertThat(events)
                .filteredOn(event -> event.path("actor").asText().startsWith("worker:"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.path("actor").asText()).isEqualTo(worker));
        assertThat(follow(other, run, new LinkedBlockingQueue<>()))
                .as("followed on the second")
                .isEqualTo(events);
        assertThat(download(one, run))
                .isEqualTo(download(other, run))
                .contains(folder.resolve("second").toString());
    }

    @Test
    void a_run_is_canceled_through_either_while_it_waits_and_while_it_works() throws Exception {
        for (Backend through : List.of(one, other)) {
            for (String workflow : List.of("publish", "toil")) {
                String run = submit(one, workflow);
                BlockingQueue<JsonNode> seen = new LinkedBlockingQueue<>();
                CompletableFuture<List<JsonNode>> followed =
                        CompletableFuture.supplyAsync(() -> follow(one, run, seen));
                await(seen, workflow.equals("toil") ? "STEP_STARTED" : "RUN_SUSPENDED");

                through.commands().cancel(run, Cancel.GRACEFULLY, "enough");

                List<JsonNode> events = followed.get(LONG.toSeconds(), TimeUnit.SECONDS);
                assertThat(events.get(events.size() - 1).path("type").asText()).isEqualTo("RUN_CANCELED");
                for (Backend each : List.of(one, other)) {
                    assertThat(each.reads().run(run).path("status").asText()).isEqualTo("CANCELED");
                }
            }
        }
    }

    @Test
    void both_know_both_nodes() throws Exception {
        for (String url : List.of(firstUrl, secondUrl)) {
            assertThat(nodes(url))
                    .extracting(node -> node.path("capacity").asInt())
                    .containsExactlyInAnyOrder(0, 8);
        }
    }

    @Test
    void a_key_that_is_revoked_at_one_is_refused_by_both_within_ten_seconds() throws Exception {
        String key = tell("keys", "create", "--role", "viewer");
        List<Backend> both = List.of(HttpBackend.at(firstUrl, key), HttpBackend.at(secondUrl, key));
        both.forEach(each -> assertThat(accepts(each)).isTrue());

        tell("keys", "revoke", key.split("_")[1]);

        both.forEach(each -> until(REVOKED, "the key is refused", () -> !accepts(each)));
    }

    private List<JsonNode> nodes(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "nodes"))
                .header("Authorization", "Bearer " + admin)
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return items(Json.parse(body).tree());
    }

    /** The node that executes. */
    private String idOfWorker() throws Exception {
        return nodes(firstUrl).stream()
                .filter(node -> node.path("capacity").asInt() > 0)
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        return items;
    }

    /** The text of a run's only artifact. */
    private static String download(Backend server, String run) throws Exception {
        List<JsonNode> artifacts = items(server.reads().artifacts(run));
        assertThat(artifacts).hasSize(1);
        try (InputStream bytes =
                server.reads().download(run, artifacts.get(0).path("id").asText())) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean accepts(Backend server) {
        try {
            server.offers().workflows();
            return true;
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(401);
            return false;
        }
    }

    private static String submit(Backend server, String workflow) {
        return server.commands()
                .submit(workflow, Json.EMPTY, SubmitOptions.DEFAULT)
                .path("id")
                .asText();
    }

    /** All events of a run, when it has ended; and each as it comes. */
    private static List<JsonNode> follow(Backend server, String run, BlockingQueue<JsonNode> seen) {
        List<JsonNode> events = new ArrayList<>();
        try {
            server.feed().follow(run, 0, new Feed.Listener() {
                @Override
                public void event(JsonNode event) {
                    events.add(event);
                    seen.add(event);
                }

                @Override
                public void live(String kind, JsonNode message) {}
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return events;
    }

    private static JsonNode await(BlockingQueue<JsonNode> seen, String type) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            JsonNode event = seen.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("no %s came, but %s", type, others).isNotNull();
            if (event.path("type").asText().equals(type)) {
                return event;
            }
            others.add(event.path("type").asText());
        }
    }

    private static void until(Duration patience, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
