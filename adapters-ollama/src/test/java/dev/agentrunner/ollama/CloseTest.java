package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static dev.agentrunner.ollama.fake.ChatLines.done;
import static dev.agentrunner.ollama.fake.ChatLines.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.ollama.fake.Request;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CloseTest {

    private final FakeOllama server = FakeOllama.start();
    private final Ollama ollama = Ollama.at(server.uri());
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_generation_closed_before_the_headers_hangs_up() {
        Gate gate = new Gate();
        server.nextChat(Reply.nothing().stall(gate).thenOk(done()));
        Generation generation = ask();
        gate.awaitReached();

        generation.close();

        assertCanceledAtOnce(generation);
        server.takeRequest().awaitGone();
        assertThat(heard.deltas()).isEmpty();
    }

    @Test
    void a_generation_closed_before_the_first_token_hangs_up() throws Exception {
        Gate gate = new Gate();
        server.nextChat(Reply.ok().stall(gate).lines(done()));
        Generation generation = ask();
        heard.awaitFirst();

        generation.close();

        assertCanceledAtOnce(generation);
        server.takeRequest().awaitGone();
        assertThat(heard.deltas()).containsExactly(new Delta.Opened());
    }

    @Test
    void a_generation_closed_in_the_middle_hangs_up() throws Exception {
        Gate gate = new Gate();
        server.nextChat(Reply.ok(text("half ")).stall(gate).lines(text("an answer"), done()));
        CountDownLatch said = new CountDownLatch(1);
        Generation generation = ollama.generate(ChatRequest.of(MODEL, "x"), delta -> {
            heard.accept(delta);
            if (delta instanceof Delta.Text) {
                said.countDown();
            }
        });
        assertThat(said.await(20, TimeUnit.SECONDS)).isTrue();

        generation.close();

        assertCanceledAtOnce(generation);
        server.takeRequest().awaitGone();
        assertThat(heard.text()).isEqualTo("half ");
    }

    @Test
    void a_generation_closed_while_it_connects_sends_nothing() throws Exception {
        // connections beyond the backlog are not accepted and not refused
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Generation> waiting = new ArrayList<>();
            Ollama there = Ollama.at(URI.create("http://127.0.0.1:" + full.getLocalPort()));
            for (int i = 0; i < 6; i++) {
                waiting.add(there.generate(ChatRequest.of(MODEL, "x"), heard));
            }

            waiting.forEach(Generation::close);

            waiting.forEach(CloseTest::assertCanceledAtOnce);
        }
    }

    @Test
    void closing_after_the_answer_or_twice_changes_nothing() throws Exception {
        Generation generation = ask();
        assertThat(Heard.answer(generation).text()).isEqualTo("Hello you");

        generation.close();
        generation.close();

        assertThat(generation.answer())
                .isCompletedWithValueMatching(answer -> answer.text().equals("Hello you"));
        assertThat(Heard.answer(ask()).text()).isEqualTo("Hello you");
        assertThat(server.openConnections()).isEqualTo(1);
    }

    @Test
    void a_listener_may_close_its_own_generation() throws Exception {
        server.nextChat(Reply.ok(text("a"), text("b"), text("c"), done()));
        CompletableFuture<Generation> self = new CompletableFuture<>();
        Generation generation = ollama.generate(ChatRequest.of(MODEL, "x"), delta -> {
            heard.accept(delta);
            if (delta instanceof Delta.Text) {
                self.join().close();
            }
        });
        self.complete(generation);

        assertThat(Heard.failure(generation).kind()).isEqualTo(Kind.CANCELED);
        assertThat(heard.text()).isEqualTo("a");
        server.takeRequest().awaitGone();
    }

    @Test
    void a_listener_that_fails_ends_its_generation() {
        server.nextChat(Reply.ok(text("a")).stall(new Gate()));
        IllegalStateException full = new IllegalStateException("no more room");

        Generation generation = ollama.generate(ChatRequest.of(MODEL, "x"), delta -> {
            if (delta instanceof Delta.Text) {
                throw full;
            }
        });

        ModelException failure = Heard.failure(generation);
        assertThat(failure.kind()).isEqualTo(Kind.CANCELED);
        assertThat(failure).hasRootCause(full).hasMessageContaining("no more room");
        server.takeRequest().awaitGone();
    }

    @Test
    void a_listener_that_does_not_return_holds_back_the_end_but_not_the_hanging_up() throws Exception {
        server.nextChat(Reply.ok(text("a")).stall(new Gate()));
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Generation generation = ollama.generate(ChatRequest.of(MODEL, "x"), delta -> {
            if (delta instanceof Delta.Text) {
                listening.countDown();
                awaitUninterrupted(enough);
            }
        });
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();

        generation.close();

        server.takeRequest().awaitGone();
        assertThat(generation.answer()).isNotDone();
        enough.countDown();
        assertCanceledAtOnce(generation);
    }

    @Test
    void whoever_cancels_the_answer_hangs_up_too() {
        Gate gate = new Gate();
        server.nextChat(Reply.nothing().stall(gate));
        Generation generation = ask();
        gate.awaitReached();

        generation.answer().cancel(true);

        server.takeRequest().awaitGone();
    }

    @RepeatedTest(200)
    void nothing_is_told_after_the_end_and_no_connection_stays() throws Exception {
        List<Delta> late = new ArrayList<>();
        CompletableFuture<Generation> self = new CompletableFuture<>();
        server.nextChat(Reply.ok(text("a"), text("b"), text("c")).stall(new Gate()));
        Generation generation = ollama.generate(ChatRequest.of(MODEL, "x"), delta -> {
            heard.accept(delta);
            if (self.join().answer().isDone()) {
                late.add(delta);
            }
        });
        self.complete(generation);
        Request request = server.takeRequest();

        generation.close();

        assertThat(Heard.failure(generation).kind()).isEqualTo(Kind.CANCELED);
        request.awaitGone();
        assertThat(late).isEmpty();
    }

    @Test
    void closing_at_whatever_moment_leaves_no_connection() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Gate gate = new Gate();
            Reply early = Reply.nothing().stall(gate);
            server.nextChat(
                    random.nextBoolean()
                            ? early
                            : Reply.ok(text("a"), text("b")).stall(gate));
            Generation generation = ask();
            for (int spins = random.nextInt(200_000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            generation.close();
            assertCanceledAtOnce(generation);
        }

        server.awaitNoConnections();
    }

    @Test
    void a_hundred_generations_wait_without_a_thread_each() {
        Set<Thread> before = clientThreads();
        Gate gate = new Gate();
        List<Generation> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            server.nextChat(Reply.nothing().stall(gate).thenOk(done()));
            waiting.add(ask());
            // one after the other: a burst of beginnings may take more threads for a moment
            server.takeRequest();
        }

        Set<Thread> more = clientThreads();
        more.removeAll(before);
        assertThat(more).as("threads of the client").hasSizeLessThan(20);
        waiting.forEach(Generation::close);
    }

    private Generation ask() {
        return ollama.generate(ChatRequest.of(MODEL, "Hello you"), heard);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("HttpClient"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void assertCanceledAtOnce(Generation generation) {
        assertThat(Heard.failure(generation, Duration.ofSeconds(1)).kind()).isEqualTo(Kind.CANCELED);
    }
}
