package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads newline-delimited JSON strictly: whatever is not one object a line, or comes after the last line, fails it. Not
 * thread-safe.
 */
public final class JsonLines<T> implements Content<T> {

    private final LineSplitter splitter = new LineSplitter();
    private final Call call;
    private final Lines<T> lines;

    public JsonLines(Call call, Lines<T> lines) {
        this.call = call;
        this.lines = lines;
    }

    @Override
    public void opened() {
        lines.opened();
    }

    @Override
    public void feed(ByteBuffer bytes) {
        splitter.feed(bytes, this::line);
    }

    @Override
    public @Nullable T settled() {
        return lines.outcome();
    }

    @Override
    public T end() {
        splitter.end(this::line);
        T outcome = lines.outcome();
        if (outcome == null) {
            throw Errors.malformed("The answer to " + call.path() + " ended before its last line");
        }
        return outcome;
    }

    private void line(byte[] bytes) {
        String text = decoded(bytes);
        if (text.isBlank()) {
            return;
        }
        if (lines.outcome() != null) {
            throw Errors.malformed("Something follows the last line of an answer: " + Errors.excerpt(text));
        }
        JsonNode object = Fields.object(text);
        String error = error(object.path("error"));
        if (!error.isEmpty()) {
            throw Errors.inStream(call, error);
        }
        lines.line(object);
    }

    private static String error(JsonNode error) {
        if (error.isMissingNode() || error.isNull()) {
            return "";
        }
        return error.isTextual() ? error.textValue() : error.toString();
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Errors.malformed("The server sent a line that is not UTF-8: "
                    + Errors.excerpt(new String(bytes, StandardCharsets.UTF_8)));
        }
    }
}
