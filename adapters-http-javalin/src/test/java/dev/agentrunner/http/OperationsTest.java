package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.http.metrics.MeteredStore;
import dev.agentrunner.http.metrics.Metrics;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.PullProgress;
import dev.agentrunner.tck.fault.FaultyStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {

    @Test
    void a_node_that_is_well_says_so_in_detail_if_asked() {
        try (TestServer server = TestServer.open()) {
            ApiClient client = server.client();

            assertThat(client.get("/healthz").at("/status")).isEqualTo("ok");
            assertThat(client.get("/readyz").text()).isEqualTo("{\"status\":\"ready\",\"failing\":[]}");
            assertThat(client.get("/readyz?verbose").json().findValuesAsText("name"))
                    .containsExactly("store", "worker", "draining");
        }
    }

    @Test
    void a_node_that_drains_is_not_ready_and_still_answers() {
        try (TestServer server = TestServer.open()) {
            ApiClient client = server.client();

            server.runner.drain();

            assertThat(client.get("/readyz").status()).isEqualTo(503);
            assertThat(client.get("/readyz").json().path("failing").toString()).contains("draining");
            assertThat(client.get("/healthz").status()).isEqualTo(200);
            assertThat(client.post("/runs", "{\"workflow\": \"echo\"}").status())
                    .isEqualTo(201);
        }
    }

    @Test
    void what_the_host_depends_on_is_looked_at() {
        HttpOptions options = HttpOptions.DEFAULT.check("disk", () -> {
            throw new IllegalStateException("the folder is full");
        });
        try (TestServer server = TestServer.open(new InMemoryStore(), options, builder -> builder)) {
            Reply reply = server.client().get("/readyz?verbose");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("failing").toString()).isEqualTo("[\"disk\"]");
            assertThat(reply.text()).contains("the folder is full");
        }
    }

    @Test
    void a_store_that_is_away_is_said_to_be_and_comes_back() {
        FaultyStore store = new FaultyStore(new InMemoryStore());
        try (TestServer server = TestServer.open(store, HttpOptions.DEFAULT, builder -> builder)) {
            ApiClient client = server.client();
            store.breakDown();

            Reply reply = client.get("/runs");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("store_unavailable");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            assertThat(client.get("/readyz").json().path("failing").toString()).contains("store");
            assertThat(client.get("/healthz").status()).isEqualTo(200);

            store.recover();
            assertThat(client.get("/runs").status()).isEqualTo(200);
            assertThat(client.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void runs_are_counted(@TempDir Path folder) {
        try (TestServer server =
                TestServer.open(SqliteStore.at(folder.resolve("runs.db")), HttpOptions.DEFAULT, builder -> builder)) {
            ApiClient client = server.client();
            server.end(client.submit("echo", "1"));
            server.end(client.submit("failing", "1"));
            server.has(client.submit("waiter", "1"), "RUN_SUSPENDED");

            Reply stats = client.get("/stats");

            assertThat(stats.at("/runs/COMPLETED")).isEqualTo("1");
            assertThat(stats.at("/runs/RUNNING")).isEqualTo("1");
            assertThat(stats.at("/waiting/SIGNAL")).isEqualTo("1");
            assertThat(stats.at("/failed_recently")).isEqualTo("1");
            assertThat(client.get("/nodes").at("/items/0/id"))
                    .isEqualTo(server.runner.node().value());
        }
    }

    @Test
    void providers_are_asked_for_their_models() {
        ModelSettings models =
                ModelSettings.DEFAULT.provider(new Library("here", true)).provider(new Library("gone", false));
        try (TestServer server = TestServer.open(
                new InMemoryStore(),
                HttpOptions.DEFAULT,
                builder -> builder.models(models).secrets(List.of("hunter2-hunter2")))) {
            JsonNode providers = server.client().get("/providers").json().path("items");

            assertThat(providers.at("/0/models/0/name").asText()).isEqualTo("tiny");
            assertThat(providers.at("/0/reachable").asBoolean()).isTrue();
            assertThat(providers.at("/1/reachable").asBoolean()).isFalse();
            assertThat(providers.at("/1/error").asText()).isEqualTo("no answer with key [redacted]");
        }
    }

    private record Library(String name, boolean answers) implements ModelProvider, ModelLibrary {

        @Override
        public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
            throw new ModelException(ModelException.Kind.CONNECTION, "not asked here");
        }

        @Override
        public Optional<ModelLibrary> library() {
            return Optional.of(this);
        }

        @Override
        public List<ModelInfo> models() {
            if (!answers) {
                throw new ModelException(ModelException.Kind.CONNECTION, "no answer with key hunter2-hunter2");
            }
            return List.of(new ModelInfo("tiny", 7, Set.of("completion")));
        }

        @Override
        public void pull(String model, Consumer<PullProgress> progress) {
            throw new ModelException(ModelException.Kind.CONNECTION, "not asked here");
        }
    }

    @Test
    void numbers_are_there_for_prometheus() {
        Metrics metrics = new Metrics();
        try (TestServer server = TestServer.open(
                new MeteredStore(new InMemoryStore(), metrics),
                HttpOptions.DEFAULT.metrics(metrics),
                builder -> builder)) {
            server.end(server.client().submit("echo", "1"));

            Reply numbers = server.client().get("/metrics");

            assertThat(numbers.header("Content-Type")).startsWith("text/plain");
            assertThat(numbers.text()).contains("agent_runner_streams 0.0");
        }
        try (TestServer server = TestServer.open()) {
            assertThat(server.client().get("/metrics").text()).contains("agent_runner_streams");
        }
    }

    @Test
    void workflows_are_listed_and_described() {
        try (TestServer server = TestServer.open()) {
            ApiClient client = server.client();

            assertThat(client.get("/workflows").json().path("items").size())
                    .isEqualTo(Offered.all().size());
            Reply echo = client.get("/workflows/echo");
            assertThat(echo.at("/version")).isEqualTo("2");
            assertThat(echo.json().path("versions").toString()).isEqualTo("[\"1\",\"2\"]");
            assertThat(client.get("/workflows/echo?version=1").at("/version")).isEqualTo("1");
            assertThat(client.get("/workflows/person").at("/input_schema/required/0"))
                    .isEqualTo("name");
            assertThat(client.get("/workflows/nope").code()).isEqualTo("unknown_workflow");
            assertThat(client.get("/workflows/echo?version=7").status()).isEqualTo(404);
            assertThat(client.with("If-None-Match", echo.header("ETag"))
                            .get("/workflows/echo")
                            .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void the_console_is_served_with_its_types_and_nothing_else() {
        try (TestServer server = TestServer.open()) {
            ApiClient client = server.client();

            Reply page = client.get("/ui/");
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy")).contains("script-src 'self'", "frame-ancestors 'none'");
            assertThat(client.with("If-None-Match", page.header("ETag"))
                            .get("/ui/")
                            .status())
                    .isEqualTo(304);
            assertThat(client.get("/ui").header("Location")).isEqualTo("/ui/");
            assertThat(client.get("/").header("Location")).isEqualTo("/ui/");
            assertThat(client.get("/ui/nothing.js").status()).isEqualTo(404);
        }
    }
}
