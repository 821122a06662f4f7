package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTest {

    private static final long SIZE = 2_019_377_664L;

    private final FakeOllama server = FakeOllama.start();
    private final Ollama ollama = Ollama.at(server.uri());
    private final OllamaClient client = ollama.client();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_prompt_is_continued() {
        List<String> pieces = new ArrayList<>();

        Completion completion = client.generate(MODEL, "once upon a time", new Json("{\"seed\":1}"), pieces::add);

        assertThat(completion)
                .isEqualTo(new Completion(MODEL, "once upon a time", "", new Usage(4, 4), FinishReason.STOP));
        assertThat(pieces).containsExactly("once ", "upon ", "a ", "time");
        assertThat(server.takeRequest().body().path("options").path("seed").asInt())
                .isEqualTo(1);
    }

    @Test
    void texts_become_vectors() {
        Embeddings embeddings = client.embed(MODEL, List.of("a", "bcd"));

        assertThat(embeddings.vectors())
                .containsExactly(new float[] {1f, 0.5f, -0.25f}, new float[] {3f, 0.5f, -0.25f});
        assertThat(embeddings.inputTokens()).isEqualTo(2);
    }

    @Test
    void vectors_that_are_missing_or_none_are_noticed() {
        for (String body : List.of("{}", "{\"embeddings\":[[1],[2]]}", "{\"embeddings\":[[\"1\"]]}", "[]", "<html>")) {
            server.next("/api/embed", Reply.status(200, Map.of(), body));

            assertKind(Kind.MALFORMED, () -> client.embed(MODEL, List.of("a")));
        }
    }

    @Test
    void what_is_in_memory_is_listed() {
        assertThat(client.loaded()).isEmpty();
        client.generate(MODEL, "x");

        assertThat(client.loaded())
                .containsExactly(new LoadedModel(
                        MODEL, SIZE, SIZE / 2, 4096, Optional.of(Instant.parse("2026-01-02T02:04:05.678901Z"))));
    }

    @Test
    void the_server_says_its_version() {
        assertThat(client.version()).isEqualTo("0.12.6");
    }

    @Test
    void models_of_an_older_server_are_asked_what_they_can() {
        server.install("other", "embedding");

        assertThat(ollama.library().orElseThrow().models())
                .containsExactly(
                        new ModelInfo("other", SIZE, Set.of("embedding")),
                        new ModelInfo(MODEL, SIZE, Set.of("completion", "tools", "thinking")));
    }

    @Test
    void models_of_a_newer_server_say_what_they_can_and_one_that_is_gone_does_no_harm() {
        server.next(
                "/api/tags",
                Reply.status(
                        200,
                        Map.of(),
                        "{\"models\":[{\"name\":\"a\",\"size\":7,\"capabilities\":[\"vision\"]},{\"name\":\"b\"}]}"));

        assertThat(ollama.library().orElseThrow().models())
                .containsExactly(new ModelInfo("a", 7, Set.of("vision")), new ModelInfo("b", 0, Set.of()));
        assertThat(server.untaken()).isEqualTo(2);
    }

    @Test
    void failures_have_their_kinds_here_too() {
        assertKind(Kind.MODEL_NOT_FOUND, () -> client.generate("other", "x"));
        assertKind(Kind.MODEL_NOT_FOUND, () -> client.embed("other", List.of("x")));

        server.next("/api/generate", Reply.ok("{\"response\":\"half\",\"done\":false}"));
        assertKind(Kind.MALFORMED, () -> client.generate(MODEL, "x"));
        server.close();
        assertKind(Kind.CONNECTION, client::version);
        assertKind(Kind.CONNECTION, () -> ollama.library().orElseThrow().models());
    }

    @Test
    void an_interrupt_ends_a_call() throws Exception {
        Gate gate = new Gate();
        server.next("/api/version", Reply.nothing().stall(gate));
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                client.version();
            } catch (ModelException e) {
                kind.complete(e.kind());
            }
        });
        caller.start();
        gate.awaitReached();

        caller.interrupt();

        assertThat(kind.get(20, TimeUnit.SECONDS)).isEqualTo(Kind.CANCELED);
        server.takeRequest().awaitGone();
    }

    private static void assertKind(Kind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
