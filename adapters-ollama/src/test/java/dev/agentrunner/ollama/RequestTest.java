package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static dev.agentrunner.ollama.fake.ChatLines.done;
import static dev.agentrunner.ollama.fake.ChatLines.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.ollama.fake.Request;
import dev.agentrunner.ollama.http.OllamaHost;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Message;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.ToolSpec;
import dev.agentrunner.spi.model.Json;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    private final FakeOllama server = FakeOllama.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_conversation_is_sent_with_all_it_has() throws Exception {
        ToolCall call = new ToolCall("c7", "weather", new Json("{\"city\":\"Bonn\"}"));
        ChatRequest request = ChatRequest.of(
                        MODEL,
                        List.of(
                                Message.system("Be brief."),
                                Message.user("What is this?", List.of(new Message.Image("image/png", "aGk="))),
                                Message.assistant("", "Let me see.", List.of(call)),
                                Message.tool(call, "rain")))
                .withTools(List.of(new ToolSpec("weather", "Tells it.", new Json("{\"type\":\"object\"}"))))
                .withFormat(new Json("{\"type\":\"array\"}"))
                .withOptions(new Json("{\"num_ctx\":8192,\"temperature\":0.2}"))
                .withThinking("high");

        assertThat(sent(request).body().toString())
                .isEqualTo(("{'model':'qwen3:4b','messages':["
                                + "{'role':'system','content':'Be brief.'},"
                                + "{'role':'user','content':'What is this?','images':['aGk=']},"
                                + "{'role':'assistant','content':'','thinking':'Let me see.','tool_calls':"
                                + "[{'id':'c7','function':{'index':0,'name':'weather','arguments':{'city':'Bonn'}}}]},"
                                + "{'role':'tool','content':'rain','tool_name':'weather','tool_call_id':'c7'}],"
                                + "'stream':true,"
                                + "'tools':[{'type':'function','function':{'name':'weather','description':'Tells it.',"
                                + "'parameters':{'type':'object'}}}],"
                                + "'format':{'type':'array'},"
                                + "'options':{'num_ctx':8192,'temperature':0.2},"
                                + "'think':'high'}")
                        .replace('\'', '"'));
    }

    @Test
    void what_was_not_asked_for_is_not_sent() throws Exception {
        assertThat(sent(ChatRequest.of(MODEL, "Hi")).body().toString())
                .isEqualTo("{'model':'qwen3:4b','messages':[{'role':'user','content':'Hi'}],'stream':true}"
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "low, \"low\"", "max, \"max\""})
    void thinking_is_yes_no_or_how_hard(String thinking, String sent) throws Exception {
        assertThat(sent(ChatRequest.of(MODEL, "x").withThinking(thinking))
                        .body()
                        .path("think")
                        .toString())
                .isEqualTo(sent);
    }

    @Test
    void what_ollama_wants_beside_its_options_is_put_there() throws Exception {
        Json options = new Json("{\"keep_alive\":\"10m\",\"seed\":7,\"truncate\":false}");

        assertThat(sent(ChatRequest.of(MODEL, "Hi").withOptions(options)).body().toString())
                .contains("\"keep_alive\":\"10m\",\"truncate\":false,\"options\":{\"seed\":7}}");
    }

    @Test
    void the_environment_names_the_server_unless_somebody_else_does() {
        String variable = System.getenv("OLLAMA_HOST");

        assertThat(Ollama.fromEnvironment().base()).isEqualTo(OllamaHost.address(variable == null ? "" : variable));
        assertThat(Ollama.fromEnvironment().name()).isEqualTo("ollama");
        assertThat(Ollama.builder().host("models:1234").build().base()).hasToString("http://models:1234");
    }

    @Test
    void http_1_1_is_spoken_without_an_upgrade() throws Exception {
        Request request = sent(ChatRequest.of(MODEL, "x"));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .doesNotContainKeys("upgrade", "http2-settings");
    }

    @Test
    void headers_are_sent_and_bad_ones_refused() throws Exception {
        Ollama ollama = Ollama.builder()
                .at(server.uri())
                .header("Authorization", "Bearer secret")
                .build();

        assertThat(sent(ollama, ChatRequest.of(MODEL, "x")).headers()).containsEntry("authorization", "Bearer secret");
        assertThat(ollama.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> Ollama.builder().header("X", "a\r\nY: b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_base_may_have_a_path() throws Exception {
        server.next("/ollama/api/version", Reply.status(200, Map.of(), "{\"version\":\"1.2.3\"}"));

        Ollama ollama = Ollama.at(URI.create(server.uri() + "/ollama/"));

        assertThat(ollama.client().version()).isEqualTo("1.2.3");
    }

    @Test
    void a_proxy_is_asked_for_the_server() {
        URI base = URI.create("http://ollama.example:11434");
        server.next(base + "/api/version", Reply.status(200, Map.of(), "{\"version\":\"1.2.3\"}"));

        Ollama ollama = Ollama.builder()
                .at(base)
                .proxy(ProxySelector.of(
                        new InetSocketAddress("127.0.0.1", server.uri().getPort())))
                .build();

        assertThat(ollama.client().version()).isEqualTo("1.2.3");
    }

    @Test
    void a_compressed_answer_is_unpacked() throws Exception {
        byte[] packed = packed(text("Grüße") + "\n" + done() + "\n");
        server.nextChat(
                Reply.nothing().head(200, Map.of("Content-Encoding", "gzip")).bytes(packed));

        assertThat(answer(ChatRequest.of(MODEL, "x"))).isEqualTo("Grüße");
    }

    @Test
    void a_compressed_error_is_unpacked() throws Exception {
        server.nextChat(Reply.nothing()
                .head(429, Map.of("Content-Encoding", "gzip"))
                .bytes(packed("{\"error\":\"too many requests\"}")));

        assertThat(Heard.failure(Ollama.at(server.uri()).generate(ChatRequest.of(MODEL, "x"), delta -> {})))
                .hasMessageContaining("too many requests");
    }

    @Test
    void other_encodings_are_refused_by_name() {
        server.nextChat(
                Reply.nothing().head(200, Map.of("Content-Encoding", "br")).bytes(new byte[] {1, 2, 3}));
        Heard heard = new Heard();

        var failure = Heard.failure(Ollama.at(server.uri()).generate(ChatRequest.of(MODEL, "x"), heard));

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasMessageContaining("[br]");
        assertThat(heard.deltas()).isEmpty();
        server.takeRequest().awaitGone();
    }

    private Request sent(ChatRequest request) throws Exception {
        return sent(Ollama.at(server.uri()), request);
    }

    private Request sent(Ollama ollama, ChatRequest request) throws Exception {
        Heard.answer(ollama.generate(request, delta -> {}));
        return server.takeRequest();
    }

    private String answer(ChatRequest request) throws Exception {
        return Heard.answer(Ollama.at(server.uri()).generate(request, delta -> {}))
                .text();
    }

    private static byte[] packed(String text) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
