package dev.agentrunner.http.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;

/** Takes single fields out of payloads, which may be large, without reading all of them. */
final class Payloads {

    /** What is said of a field that is not there. */
    static final String UNKNOWN = "unknown";

    private static final JsonFactory JSON = new JsonFactory();

    private Payloads() {}

    /** The text of a field of the object itself; reads up to there. */
    static String text(Json payload, String name) {
        try (JsonParser parser = JSON.createParser(payload.text())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = parser.currentName().equals(name);
                    if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
                        return parser.getText();
                    }
                    parser.skipChildren();
                }
            }
            return UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /**
     * The milliseconds in {@code duration_ms}, or -1. The engine writes it behind the values of workflows, so that the last
     * one in the text is its own, and looks from the end.
     */
    static long durationMs(Json payload) {
        String text = payload.text();
        String field = "\"duration_ms\":";
        int begin = text.lastIndexOf(field);
        if (begin < 0) {
            return -1;
        }
        int from = begin + field.length();
        int end = from;
        while (end < text.length() && end - from < 18 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == from ? -1 : Long.parseLong(text.substring(from, end));
    }
}
