package dev.agentrunner.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.ollama.Scramble.Line;
import dev.agentrunner.ollama.Scramble.Sort;
import dev.agentrunner.ollama.fake.ChatLines;
import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that was damaged in any way ends in an answer that says exactly what was told, or in a failure; never in
 * neither. A failing try is repeated by its seed.
 */
@Tag("random")
class StreamFuzzTest {

    private static @Nullable FakeOllama server;
    private static @Nullable Ollama ollama;

    @BeforeContainer
    static void start() {
        server = FakeOllama.start();
        ollama = Ollama.at(server().uri());
    }

    @AfterContainer
    static void stop() {
        server().close();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void an_intact_stream_gives_its_answer_however_its_bytes_are_chunked(@ForAll Random random) throws Exception {
        List<Line> lines = Scramble.intact(random);

        Result result = play(Scramble.chunked(alone(Map.of()), Scramble.bytes(lines), random));

        assertThat(result.failure()).isNull();
        assertSays(lines, result);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void a_stream_whose_lines_are_damaged_is_complete_only_if_it_ends_with_its_one_last_line(@ForAll Random random)
            throws Exception {
        List<Line> lines = Scramble.damaged(Scramble.intact(random), random);

        Result result = play(Scramble.chunked(alone(Map.of()), Scramble.bytes(lines), random));

        List<Line> told =
                lines.stream().filter(line -> line.sort() != Sort.BLANK).toList();
        boolean valid = told.stream().noneMatch(line -> line.sort() == Sort.GARBAGE)
                && told.stream().filter(line -> line.sort() == Sort.DONE).count() == 1
                && told.get(told.size() - 1).sort() == Sort.DONE;
        if (valid) {
            assertThat(result.failure()).isNull();
            assertSays(lines, result);
        } else {
            assertThat(result.failure()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void a_stream_that_is_cut_is_complete_only_after_its_last_line(@ForAll Random random) throws Exception {
        List<Line> lines = Scramble.intact(random);
        byte[] bytes = Scramble.bytes(lines);
        Reply whole = Scramble.chunked(Reply.ok(), bytes, random);
        int cut = random.nextInt(whole.length());

        Result result = play(whole.cutAfter(cut));

        // behind the last line there are the line end of its chunk and the last chunk, which is empty
        int complete = whole.length() - "\r\n0\r\n\r\n".length();
        if (result.failure() == null) {
            assertThat(cut).isGreaterThanOrEqualTo(complete);
            assertSays(lines, result);
        } else {
            // the JDK may drop the bytes that came just before the connection broke
            assertThat(result.failure()).isEqualTo(Kind.CONNECTION);
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void a_stream_of_changed_bytes_never_completes_with_what_was_not_told(@ForAll Random random) throws Exception {
        byte[] bytes = Scramble.bytes(Scramble.intact(random));
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }

        assertConsistent(play(Scramble.chunked(alone(Map.of()), bytes, random)));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void a_compressed_stream_that_was_cut_or_changed_never_completes_with_what_was_not_told(@ForAll Random random)
            throws Exception {
        List<Line> lines = Scramble.intact(random);
        byte[] packed = Scramble.packed(Scramble.bytes(lines));
        boolean change = random.nextBoolean();
        if (change) {
            packed[random.nextInt(packed.length)] = (byte) random.nextInt(256);
        }
        Reply reply = Scramble.chunked(alone(Map.of("Content-Encoding", "gzip")), packed, random);

        Result result = play(random.nextBoolean() ? reply.cutAfter(random.nextInt(reply.length())) : reply);

        assertConsistent(result);
        if (!change && result.failure() == null) {
            assertSays(lines, result);
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void bytes_that_are_no_http_end_in_a_failure(@ForAll Random random) throws Exception {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);

        Result result = play(Reply.nothing()
                .raw(new String(bytes, StandardCharsets.ISO_8859_1))
                .cut());

        assertThat(result.failure()).isIn(Kind.MALFORMED, Kind.CONNECTION);
    }

    private record Result(
            @Nullable ModelAnswer answer, @Nullable Kind failure, Heard heard) {}

    /** On a connection of its own: one that a damaged stream was on may be closed under whoever is given it next. */
    private static Reply alone(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Connection", "close");
        return Reply.nothing().head(200, all);
    }

    private static Result play(Reply reply) throws Exception {
        Heard heard = new Heard();
        server().nextChat(reply);
        Generation generation = ollama().generate(ChatRequest.of(ChatLines.MODEL, "x"), heard);
        try {
            return new Result(generation.answer().get(20, TimeUnit.SECONDS), null, heard);
        } catch (ExecutionException e) {
            return new Result(null, ((ModelException) e.getCause()).kind(), heard);
        }
    }

    private static void assertConsistent(Result result) {
        ModelAnswer answer = result.answer();
        if (answer != null) {
            assertThat(answer.text()).isEqualTo(result.heard().text());
        }
    }

    private static void assertSays(List<Line> lines, Result result) {
        ModelAnswer answer = result.answer();
        assertThat(answer).isNotNull();
        assertThat(answer.text()).isEqualTo(result.heard().text()).isEqualTo(said(lines, Sort.TEXT));
        assertThat(answer.thinking()).isEqualTo(said(lines, Sort.THINKING));
        assertThat(answer.toolCalls()).hasSize((int)
                lines.stream().filter(line -> line.sort() == Sort.CALL).count());
    }

    private static String said(List<Line> lines, Sort sort) {
        List<String> parts = new ArrayList<>();
        lines.stream().filter(line -> line.sort() == sort).forEach(line -> parts.add(line.says()));
        return String.join("", parts);
    }

    private static Ollama ollama() {
        return Objects.requireNonNull(ollama);
    }

    private static FakeOllama server() {
        return Objects.requireNonNull(server);
    }
}
