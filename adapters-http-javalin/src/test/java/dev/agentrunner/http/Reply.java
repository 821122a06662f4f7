package dev.agentrunner.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What came back. */
record Reply(int status, HttpHeaders headers, byte[] bytes) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The value of a header; empty if it is absent. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text in the JSON body. */
    String at(String pointer) {
        return json().at(pointer).asText();
    }

    String code() {
        return at("/code");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + headers.map() + " " + (text.length() < 2_000 ? text : text.substring(0, 2_000) + "…");
    }
}
