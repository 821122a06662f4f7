package dev.agentrunner.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.Message;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.ToolSpec;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScriptedProviderTest {

    private static final ToolCall CALL = new ToolCall("c1", "search", new Json("{\"q\":\"a\"}"));
    private static final ChatRequest RICH = ChatRequest.of(
                    "m",
                    List.of(
                            Message.system("Be brief."),
                            Message.user("Look", List.of(new Message.Image("image/png", "aGk="))),
                            Message.assistant("", "hm", List.of(CALL)),
                            Message.tool(CALL, "found")))
            .withTools(List.of(new ToolSpec("search", "finds", new Json("{\"type\":\"object\"}"))))
            .withFormat(new Json("{\"type\":\"object\"}"))
            .withOptions(new Json("{\"temperature\":0.5}"))
            .withThinking("low");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Delta> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static Interaction saying(ChatRequest request, String... words) {
        List<Chunk> chunks = List.of(words).stream()
                .map(word -> new Chunk(5, new Delta.Text(word)))
                .toList();
        Ending ending = new Ending(6, "m", new Usage(3, words.length), FinishReason.STOP, null, "");
        return new Interaction(CassetteFormat.request(request), chunks, ending);
    }

    private ScriptedProvider playing(Interaction... interactions) {
        return new ScriptedProvider("p", new Cassette(List.of(interactions)), 0, timer);
    }

    private ModelAnswer ask(ScriptedProvider provider, ChatRequest request) throws Exception {
        return provider.generate(request, heard::add).answer().get(30, TimeUnit.SECONDS);
    }

    @Test
    void an_equal_request_gets_the_recorded_answer() throws Exception {
        ScriptedProvider provider = playing(saying(RICH, "one ", "two"));
        ModelAnswer answer = ask(provider, RICH);
        assertThat(answer)
                .isEqualTo(new ModelAnswer("m", "one two", "", List.of(), new Usage(3, 2), FinishReason.STOP));
        assertThat(heard).containsExactly(new Delta.Text("one "), new Delta.Text("two"));
        assertThat(provider.isScripted()).isTrue();
    }

    @Test
    void equal_requests_are_answered_in_turn_and_then_by_the_last() throws Exception {
        ChatRequest same = ChatRequest.of("m", "again");
        ScriptedProvider provider = playing(saying(same, "first"), saying(RICH, "other"), saying(same, "second"));
        assertThat(List.of(ask(provider, same), ask(provider, same), ask(provider, same)))
                .extracting(ModelAnswer::text)
                .containsExactly("first", "second", "second");
    }

    @Test
    void a_request_that_is_not_recorded_is_shown_beside_the_nearest_that_is() {
        ScriptedProvider provider =
                playing(saying(ChatRequest.of("other", "far away"), "x"), saying(ChatRequest.of("m", "near"), "y"));
        assertThatThrownBy(() -> ask(provider, ChatRequest.of("m", "nearly")))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
                .hasMessageContaining("/messages/0/text: recorded \"near\", asked \"nearly\"");
        assertThatThrownBy(() -> ask(playing(), RICH)).hasMessageContaining("It is empty.");
    }

    @Test
    void a_recorded_failure_is_played_too() {
        Ending busy = new Ending(1, null, Usage.NONE, FinishReason.OTHER, Kind.OVERLOADED, "busy");
        ScriptedProvider provider = playing(new Interaction(CassetteFormat.request(RICH), List.of(), busy));
        assertThatThrownBy(() -> ask(provider, RICH))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OVERLOADED))
                .hasMessage("busy");
    }

    @Test
    void a_generation_that_is_closed_says_nothing_more() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        ScriptedProvider provider = new ScriptedProvider(
                "p",
                new Cassette(List.of(new Interaction(
                        CassetteFormat.request(RICH),
                        List.of(new Chunk(0, new Delta.Text("a")), new Chunk(3_600_000, new Delta.Text("b"))),
                        new Ending(3_600_001, "m", Usage.NONE, FinishReason.STOP, null, "")))),
                1,
                timer);
        Generation generation = provider.generate(RICH, delta -> {
            heard.add(delta);
            first.countDown();
        });
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
        generation.close();
        assertThatThrownBy(() -> generation.answer().get()).cause().isInstanceOf(ModelException.class);
        assertThat(heard).containsExactly(new Delta.Text("a"));
    }

    @Test
    void what_is_recorded_is_played_back_also_through_a_file(@TempDir Path folder) throws Exception {
        Interaction told = new Interaction(
                CassetteFormat.request(RICH),
                List.of(
                        new Chunk(1, new Delta.Opened()),
                        new Chunk(2, new Delta.Thinking("hm")),
                        new Chunk(3, new Delta.Text("näh")),
                        new Chunk(4, new Delta.Call(CALL))),
                new Ending(5, "m", new Usage(1, 2), FinishReason.TOOL_CALLS, null, ""));
        RecordingProvider recording = new RecordingProvider(playing(told, saying(ChatRequest.of("m", "two"), "x")));
        ModelAnswer first = recording.generate(RICH, delta -> {}).answer().get(30, TimeUnit.SECONDS);
        recording.generate(ChatRequest.of("m", "two"), delta -> {}).answer().get(30, TimeUnit.SECONDS);
        assertThat(recording.cassette().interactions()).hasSize(2);

        Path file = folder.resolve("cassette.json");
        recording.cassette().write(file);
        assertThat(Cassette.read(file)).isEqualTo(recording.cassette());
        ModelAnswer again = ask(new ScriptedProvider("p", Cassette.read(file), 0, timer), RICH);
        assertThat(again).isEqualTo(first);
        assertThat(heard)
                .containsExactly(
                        new Delta.Opened(), new Delta.Thinking("hm"), new Delta.Text("näh"), new Delta.Call(CALL));
    }

    @Test
    void a_generation_that_was_closed_is_not_recorded() {
        Interaction endless = new Interaction(
                CassetteFormat.request(RICH),
                List.of(),
                new Ending(3_600_000, "m", Usage.NONE, FinishReason.STOP, null, ""));
        RecordingProvider recording =
                new RecordingProvider(new ScriptedProvider("p", new Cassette(List.of(endless)), 1, timer));
        recording.generate(RICH, delta -> {}).close();
        assertThat(recording.cassette().interactions()).isEmpty();
    }

    @Test
    void what_is_no_cassette_is_said_to_be_none() {
        for (String text : List.of("", "[]", "{\"version\":2}", "{\"version\":1,\"interactions\":[{}]}")) {
            assertThatThrownBy(() -> Cassette.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no cassette");
        }
    }
}
