package dev.agentrunner.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a call answers. Immutable. */
public record Answer(int status, Map<String, String> headers, Content content) {

    /** What is sent. */
    public sealed interface Content {}

    /** Nothing. */
    public record Nothing() implements Content {}

    /** All that is sent, at once; nobody changes it. */
    public static final class Bytes implements Content {

        private final String type;
        private final byte[] bytes;

        Bytes(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        public String type() {
            return type;
        }

        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * Something large.
     *
     * @param length in bytes; exact, so that whoever gets less notices
     * @param bytes open; whoever sends it closes it
     */
    public record Streamed(String type, long length, InputStream bytes) implements Content {}

    /** An answer that is not there yet. */
    public record Later(CompletableFuture<Answer> answer) implements Content {}

    /** Whoever answers has taken the response over and writes it by itself. */
    public record Ongoing() implements Content {}

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Nothing());
    }

    public static Answer later(CompletableFuture<Answer> answer) {
        return new Answer(200, Map.of(), new Later(answer));
    }

    public static Answer ongoing() {
        return new Answer(200, Map.of(), new Ongoing());
    }

    public static Answer json(int status, JsonNode json) {
        return bytes(status, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(JsonNode json) {
        return json(200, json);
    }

    public static Answer bytes(int status, String type, byte[] bytes) {
        return new Answer(status, Map.of(), new Bytes(type, bytes));
    }

    public Answer header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, content);
    }
}
