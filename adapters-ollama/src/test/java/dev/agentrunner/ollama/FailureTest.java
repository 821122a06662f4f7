package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static dev.agentrunner.ollama.fake.ChatLines.done;
import static dev.agentrunner.ollama.fake.ChatLines.error;
import static dev.agentrunner.ollama.fake.ChatLines.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.Message;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.model.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final FakeOllama server = FakeOllama.start();
    private final Ollama ollama = new Ollama.Builder(() -> NOW).at(server.uri()).build();
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nobody_listening_is_said_with_what_to_do() {
        server.close();

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
        assertThat(failure).hasMessageContaining(server.uri().toString()).hasMessageContaining("ollama serve");
    }

    @Test
    void an_unknown_host_is_said() {
        Ollama nowhere = Ollama.at(URI.create("http://no-such-host.invalid:11434"));

        ModelException failure = Heard.failure(nowhere.generate(ChatRequest.of(MODEL, "x"), heard));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
        assertThat(failure).hasMessageContaining("no such host");
    }

    @Test
    void connecting_takes_no_longer_than_the_request_allows() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ollama there = Ollama.at(URI.create("http://127.0.0.1:" + full.getLocalPort()));
            ChatRequest request = ChatRequest.of(MODEL, "x").withConnectTimeout(Duration.ofMillis(100));
            List<Generation> begun = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                begun.add(there.generate(request, heard));
            }

            ModelException failure = Heard.failure(begun.get(5));

            assertThat(failure.kind()).isEqualTo(Kind.CONNECTION);
            assertThat(failure).hasMessageContaining("took too long");
            begun.forEach(Generation::close);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, UNAUTHORIZED",
        "403, UNAUTHORIZED",
        "404, MODEL_NOT_FOUND",
        "405, BAD_REQUEST",
        "413, BAD_REQUEST",
        "429, OVERLOADED",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "504, SERVER_ERROR",
        "206, MALFORMED",
        "204, MALFORMED",
    })
    void a_status_has_its_kind(int status, Kind kind) {
        server.nextChat(
                status == 204
                        ? Reply.status(204, Map.of("Content-Length", "0"), "")
                        : Reply.error(status, "the server's own words"));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(String.valueOf(status));
        if (status != 204) {
            assertThat(failure).hasMessageContaining("the server's own words");
        }
        assertThat(heard.deltas()).isEmpty();
    }

    @Test
    void a_missing_model_is_named_with_the_command_that_fetches_it() {
        ModelException failure = Heard.failure(ollama.generate(ChatRequest.of("llama9:1b", "x"), heard));

        assertThat(failure.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
        assertThat(failure).hasMessageContaining("`ollama pull llama9:1b`");
    }

    @Test
    void a_404_that_is_not_about_a_model_is_no_missing_model() {
        server.nextChat(Reply.status(404, Map.of("Content-Type", "text/html"), "<html>Not Found</html>"));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(failure).hasMessageContaining("/api/chat").hasMessageContaining("<html>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"7|PT7S", "Wed, 04 Mar 2026 05:07:07 GMT|PT1M", "Wed, 04 Mar 2026 05:00:00 GMT|PT0S", "soon|"})
    void how_long_to_wait_is_read_from_the_header(String header, Duration pause) {
        server.nextChat(Reply.status(503, Map.of("Retry-After", header), "{\"error\":\"server busy\"}"));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.retryAfter().orElse(null)).isEqualTo(pause);
    }

    @Test
    void redirects_are_not_followed_but_named() {
        server.nextChat(Reply.status(302, Map.of("Location", "https://example.com/login"), ""));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(failure).hasMessageContaining("https://example.com/login");
        assertThat(server.takeRequest().path()).isEqualTo("/api/chat");
        assertThat(server.untaken()).isZero();
    }

    @Test
    void of_an_error_without_end_only_the_beginning_is_read() {
        Gate gate = new Gate();
        server.nextChat(Reply.status(500, Map.of(), "x".repeat(64 << 10)).stall(gate));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(failure.getMessage()).hasSizeLessThan(500);
        server.takeRequest().awaitGone();
    }

    @Test
    void an_error_line_ends_the_answer_wherever_it_comes() {
        for (Reply reply : List.of(
                Reply.ok(error("model runner has unexpectedly stopped")),
                Reply.ok(text("half "), error("model runner has unexpectedly stopped"), done()),
                Reply.ok(text("half "))
                        .lines(error("model runner has unexpectedly stopped"))
                        .stall(new Gate()))) {
            server.nextChat(reply);

            ModelException failure = Heard.failure(ask());

            assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(failure).hasMessageContaining("unexpectedly stopped");
        }
    }

    @Test
    void an_error_line_may_say_that_the_model_is_missing() {
        server.nextChat(Reply.ok(error("model 'qwen3:4b' not found")));

        assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>502 Bad Gateway</body></html>",
                "data: {\"done\":true}",
                "{\"done\":true",
                "{\"done\":true} {\"done\":true}",
                "{\"done\":\"yes\"}",
                "{}",
                "[]",
                "null",
                "7",
                "{\"done\":false,\"done\":true}",
                "{\"message\":\"hello\",\"done\":true}",
                "{\"message\":{\"content\":7},\"done\":true}",
                "{\"message\":{\"tool_calls\":{}},\"done\":true}",
                "{\"message\":{\"tool_calls\":[{}]},\"done\":true}",
                "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"t\",\"arguments\":\"{}\"}}]},\"done\":true}",
                "{\"eval_count\":-1,\"done\":true}",
                "{\"eval_count\":1e999999999,\"done\":true}",
                "{\"eval_count\":99999999999999999999,\"done\":true}",
            })
    void a_line_that_is_not_the_protocols_fails_the_answer(String line) {
        server.nextChat(Reply.ok(text("a"), line, done()));

        assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void bytes_that_are_not_utf_8_are_not_guessed_at() {
        byte[] line = (text("é") + "\n").getBytes(StandardCharsets.ISO_8859_1);
        server.nextChat(Reply.ok().bytes(line).lines(done()));

        assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void a_stream_that_ends_early_is_no_answer() {
        for (Reply reply : List.of(Reply.ok(), Reply.ok(text("half ")))) {
            server.nextChat(reply);

            assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void a_connection_that_breaks_early_is_no_answer() {
        for (Reply reply : List.of(
                Reply.nothing().cut(),
                Reply.nothing().reset(),
                Reply.ok().cut(),
                Reply.ok(text("half ")).cut(),
                Reply.ok(text("half ")).reset())) {
            server.nextChat(reply);

            assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.CONNECTION);
        }
    }

    @Test
    void an_answer_is_complete_wherever_the_connection_breaks_after_its_last_line() throws Exception {
        // A connection that is gone before Java's client has begun to hand over the body may take the body with it.
        Gate gate = new Gate();
        server.nextChat(Reply.ok(text("all")).stall(gate).lines(done()).cut());
        Generation generation = ask();
        heard.awaitFirst();
        gate.open();

        assertThat(Heard.answer(generation).text()).isEqualTo("all");
    }

    @Test
    void an_answer_is_complete_even_if_its_stream_does_not_end() throws Exception {
        server.nextChat(Reply.ok(text("all"), done()).stall(new Gate()));

        assertThat(Heard.answer(ask()).text()).isEqualTo("all");
        server.takeRequest().awaitGone();
    }

    @Test
    void nothing_may_follow_the_last_line_but_space() throws Exception {
        server.nextChat(Reply.ok(text("a"), done(), text("b")));
        assertThat(Heard.failure(ask()).kind()).isEqualTo(Kind.MALFORMED);

        server.nextChat(Reply.ok("", text("a"), " \r", done(), ""));
        assertThat(Heard.answer(ask()).text()).isEqualTo("a");
    }

    @Test
    void a_line_without_end_is_given_up() {
        Reply endless = Reply.ok();
        byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 9; i++) {
            endless = endless.bytes(megabyte);
        }
        server.nextChat(endless.stall(new Gate()));

        ModelException failure = Heard.failure(ask());

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasMessageContaining("8388608");
        server.takeRequest().awaitGone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"done\":true}",
            })
    void what_does_not_speak_http_fails_the_answer(String bytes) {
        server.nextChat(Reply.nothing().raw(bytes).cut());

        assertThat(Heard.failure(ask()).kind()).isIn(Kind.MALFORMED, Kind.CONNECTION);
    }

    @Test
    void a_request_that_cannot_be_written_is_refused_here() {
        Json broken = new Json("{\"temperature\":");
        ToolCall call = new ToolCall("1", "t", new Json("[]"));
        for (ChatRequest request : List.of(
                ChatRequest.of(MODEL, "x").withOptions(broken),
                ChatRequest.of(MODEL, "x").withFormat(broken),
                ChatRequest.of(MODEL, "x").withConnectTimeout(Duration.ZERO),
                ChatRequest.of(MODEL, List.of(Message.assistant("", null, List.of(call)))))) {
            assertThat(Heard.failure(ollama.generate(request, heard)).kind()).isEqualTo(Kind.BAD_REQUEST);
        }
        assertThat(server.untaken()).isZero();
    }

    private Generation ask() {
        return ollama.generate(ChatRequest.of(MODEL, "Hello you"), heard);
    }
}
