package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What is made of an answer that comes as JSON objects, one a line. Called by one thread at a time.
 *
 * @param <T> what comes of it
 */
public interface Lines<T> {

    /** The headers are there. */
    default void opened() {}

    /**
     * Takes the next line.
     *
     * @param object not one with an error, and none after the last
     */
    void line(JsonNode object);

    /** What comes of it, once the last line was there; null before. */
    @Nullable T outcome();
}
