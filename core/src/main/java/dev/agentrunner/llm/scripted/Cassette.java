package dev.agentrunner.llm.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Recorded requests and their answers. Immutable. As a file it is one JSON object:
 *
 * <pre>{@code
 * {"version": 1, "interactions": [{
 *   "request": {"model": "qwen3:8b", "messages": [{"role": "USER", "text": "Hi"}], "options": {}},
 *   "chunks": [{"at_ms": 120, "thinking": "A greeting."}, {"at_ms": 310, "text": "Hello"}],
 *   "answer": {"model": "qwen3:8b", "usage": {"input_tokens": 10, "output_tokens": 3}, "finish_reason": "STOP", "at_ms": 330}
 * }]}
 * }</pre>
 *
 * In place of an answer there may be {@code "failure": {"kind": "OVERLOADED", "message": "busy", "at_ms": 5}}.
 */
public record Cassette(List<Interaction> interactions) {

    public Cassette {
        interactions = List.copyOf(interactions);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no cassette
     */
    public static Cassette read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads a stream to its end; does not close it.
     *
     * @throws IllegalArgumentException if it is no cassette
     */
    public static Cassette read(InputStream from) throws IOException {
        return parse(new String(from.readAllBytes(), StandardCharsets.UTF_8), "the stream");
    }

    private static Cassette parse(String text, String where) {
        try {
            return CassetteFormat.read(text);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(where + " is no cassette: " + e.getMessage(), e);
        }
    }

    /** Writes a file, replacing what is there. */
    public void write(Path file) throws IOException {
        Files.writeString(file, CassetteFormat.write(this));
    }
}
