package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.ollama.fake.ChatLines;
import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.PullProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PullTest {

    private final FakeOllama server = FakeOllama.start();
    private final List<PullProgress> progress = new CopyOnWriteArrayList<>();
    private final Heard heard = new Heard();
    private final Ollama ollama = Ollama.builder()
            .at(server.uri())
            .pullMissing(true)
            .pullProgress(progress::add)
            .build();
    private final ModelLibrary library = ollama.library().orElseThrow();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_pull_tells_how_far_it_is_and_returns_when_the_model_is_there() {
        library.pull("llama9:1b", progress::add);

        assertThat(progress)
                .startsWith(new PullProgress("pulling manifest", 0, 0))
                .contains(new PullProgress("pulling abababababab", 1_009_688_832L, 2_019_377_664L))
                .endsWith(new PullProgress("success", 0, 0));
        assertThat(library.models()).anyMatch(model -> model.name().equals("llama9:1b"));
    }

    @Test
    void a_pull_of_what_nobody_has_fails() {
        assertThat(pullFailure("unknown:1b").kind()).isEqualTo(Kind.MODEL_NOT_FOUND);

        server.next("/api/pull", Reply.error(500, "pull model manifest: file does not exist"));
        assertThat(pullFailure("llama9:1b").kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @Test
    void a_pull_that_breaks_is_no_success() {
        String begun = "{\"status\":\"pulling manifest\"}";
        server.next("/api/pull", Reply.ok(begun, error("no space left on device")));
        assertThat(pullFailure("llama9:1b").kind()).isEqualTo(Kind.SERVER_ERROR);

        server.next("/api/pull", Reply.ok(begun));
        assertThat(pullFailure("llama9:1b").kind()).isEqualTo(Kind.MALFORMED);

        server.next("/api/pull", Reply.ok(begun, "{}"));
        assertThat(pullFailure("llama9:1b").kind()).isEqualTo(Kind.MALFORMED);

        server.next("/api/pull", Reply.ok(begun).cut());
        assertThat(pullFailure("llama9:1b").kind()).isEqualTo(Kind.CONNECTION);
    }

    @Test
    void an_interrupt_ends_a_pull() throws Exception {
        Gate gate = new Gate();
        server.next("/api/pull", Reply.ok("{\"status\":\"pulling manifest\"}").stall(gate));
        CompletableFuture<ModelException> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread puller = new Thread(() -> {
            failure.complete(pullFailure("llama9:1b"));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        puller.start();
        gate.awaitReached();

        puller.interrupt();

        assertThat(failure.get(20, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CANCELED);
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        server.takeRequest().awaitGone();
    }

    @Test
    void a_listener_that_fails_ends_a_pull() {
        assertThatThrownBy(() -> library.pull("llama9:1b", news -> {
                    throw new IllegalStateException("enough");
                }))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELED))
                .hasRootCauseMessage("enough");
    }

    @Test
    void a_missing_model_is_pulled_and_asked_again() throws Exception {
        Generation generation = ollama.generate(ChatRequest.of("llama9:1b", "Hello you"), heard);

        assertThat(Heard.answer(generation).text()).isEqualTo("Hello you");
        assertThat(heard.deltas()).containsExactly(new Delta.Opened(), new Delta.Text("Hello "), new Delta.Text("you"));
        assertThat(progress).endsWith(new PullProgress("success", 0, 0));
        assertThat(List.of(
                        server.takeRequest().path(),
                        server.takeRequest().path(),
                        server.takeRequest().path()))
                .containsExactly("/api/chat", "/api/pull", "/api/chat");
    }

    @Test
    void a_model_found_missing_by_an_error_line_is_pulled_and_the_opening_told_once() throws Exception {
        server.nextChat(Reply.ok(error("model 'llama9:1b' not found")));

        Generation generation = ollama.generate(ChatRequest.of("llama9:1b", "Hello"), heard);

        assertThat(Heard.answer(generation).text()).isEqualTo("Hello");
        assertThat(heard.deltas()).containsExactly(new Delta.Opened(), new Delta.Text("Hello"));
    }

    @Test
    void an_answer_that_has_begun_is_not_begun_again() {
        server.nextChat(Reply.ok(ChatLines.text("half "), error("model 'qwen3:4b' not found")));

        assertThat(Heard.failure(ollama.generate(ChatRequest.of("qwen3:4b", "x"), heard))
                        .kind())
                .isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(progress).isEmpty();
    }

    @Test
    void a_model_that_is_still_missing_is_pulled_only_once() {
        server.nextChat(Reply.error(404, "model 'llama9:1b' not found"));
        server.nextChat(Reply.error(404, "model 'llama9:1b' not found"));

        assertThat(Heard.failure(ollama.generate(ChatRequest.of("llama9:1b", "x"), heard))
                        .kind())
                .isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(server.untaken()).isEqualTo(3);
    }

    @Test
    void a_model_that_nobody_has_fails_its_generation() {
        assertThat(Heard.failure(ollama.generate(ChatRequest.of("unknown:1b", "x"), heard))
                        .kind())
                .isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @Test
    void a_generation_closed_while_its_model_is_pulled_ends_the_pull() {
        Gate gate = new Gate();
        server.next("/api/pull", Reply.ok("{\"status\":\"pulling manifest\"}").stall(gate));
        Generation generation = ollama.generate(ChatRequest.of("llama9:1b", "x"), heard);
        gate.awaitReached();

        generation.close();

        assertThat(Heard.failure(generation, Duration.ofSeconds(1)).kind()).isEqualTo(Kind.CANCELED);
        server.takeRequest();
        server.takeRequest().awaitGone();
        assertThat(server.untaken()).isZero();
    }

    @Test
    void models_are_not_pulled_unless_that_is_wanted() {
        Generation generation = Ollama.at(server.uri()).generate(ChatRequest.of("llama9:1b", "x"), heard);

        assertThat(Heard.failure(generation).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(server.untaken()).isEqualTo(1);
    }

    private ModelException pullFailure(String model) {
        try {
            library.pull(model, progress::add);
        } catch (ModelException e) {
            return e;
        }
        throw new AssertionError("The pull of " + model + " succeeded");
    }
}
