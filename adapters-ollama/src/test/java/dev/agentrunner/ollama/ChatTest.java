package dev.agentrunner.ollama;

import static dev.agentrunner.ollama.fake.ChatLines.MODEL;
import static dev.agentrunner.ollama.fake.ChatLines.call;
import static dev.agentrunner.ollama.fake.ChatLines.done;
import static dev.agentrunner.ollama.fake.ChatLines.text;
import static dev.agentrunner.ollama.fake.ChatLines.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatTest {

    private final FakeOllama server = FakeOllama.start();
    private final Ollama ollama = Ollama.at(server.uri());
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_answer_is_told_in_parts_and_put_together() throws Exception {
        server.nextChat(Reply.ok(thinking("Hm, "), thinking("well."), text("Grüße, "), text("Welt 🌍"), done()));

        ModelAnswer answer = Heard.answer(ask());

        assertThat(answer)
                .isEqualTo(new ModelAnswer(
                        MODEL, "Grüße, Welt 🌍", "Hm, well.", List.of(), new Usage(26, 298), FinishReason.STOP));
        assertThat(heard.deltas())
                .containsExactly(
                        new Delta.Opened(),
                        new Delta.Thinking("Hm, "),
                        new Delta.Thinking("well."),
                        new Delta.Text("Grüße, "),
                        new Delta.Text("Welt 🌍"));
    }

    @Test
    void tool_calls_come_whole_and_get_the_ids_they_lack() throws Exception {
        server.nextChat(Reply.ok(
                call("search", "{\"q\":\"a\",\"n\":1.10}"),
                call("call_3", "search", "{}"),
                call("fetch", "{}"),
                done("stop", 3, 0)));

        ModelAnswer answer = Heard.answer(ask());

        ToolCall first = new ToolCall("call_1", "search", new Json("{\"q\":\"a\",\"n\":1.10}"));
        ToolCall second = new ToolCall("call_3", "search", Json.EMPTY);
        ToolCall third = new ToolCall("call_4", "fetch", Json.EMPTY);
        assertThat(answer.toolCalls()).containsExactly(first, second, third);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.usage()).isEqualTo(new Usage(3, 0));
        assertThat(heard.deltas())
                .containsExactly(
                        new Delta.Opened(), new Delta.Call(first), new Delta.Call(second), new Delta.Call(third));
    }

    @Test
    void the_reason_to_stop_is_said() throws Exception {
        server.nextChat(Reply.ok(text("a"), call("t", "{}"), done("length", 1, 2)));
        assertThat(Heard.answer(ask()).finishReason()).isEqualTo(FinishReason.LENGTH);

        server.nextChat(Reply.ok(done("load", 0, 0)));
        ModelAnswer loaded = Heard.answer(ask());
        assertThat(loaded.finishReason()).isEqualTo(FinishReason.OTHER);
        assertThat(loaded.usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void it_is_told_that_the_server_has_begun_before_it_says_anything() throws Exception {
        Gate gate = new Gate();
        server.nextChat(Reply.ok().stall(gate).lines(text("late"), done()));

        Generation generation = ask();
        heard.awaitFirst();

        assertThat(heard.deltas()).containsExactly(new Delta.Opened());
        assertThat(generation.answer()).isNotDone();
        gate.open();
        assertThat(Heard.answer(generation).text()).isEqualTo("late");
    }

    @Test
    void an_answer_that_comes_byte_by_byte_is_the_same() throws Exception {
        server.nextChat(Reply.ok(text("Grüße, "), text("Welt 🌍"), done()).slowly());

        assertThat(Heard.answer(ask()).text()).isEqualTo("Grüße, Welt 🌍");
    }

    @Test
    void a_connection_is_used_again_once_an_answer_is_complete() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(Heard.answer(ask()).text()).isEqualTo("Hello you");
        }

        assertThat(server.openConnections()).isEqualTo(1);
    }

    private Generation ask() {
        return ollama.generate(ChatRequest.of(MODEL, "Hello you"), heard);
    }
}
