package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of the API.
 *
 * @param path below the base, such as {@code /api/chat}
 * @param body sent by POST; null for a GET
 * @param model that it is about, for messages; null if about none
 */
public record Call(
        String path, @Nullable JsonNode body, @Nullable String model, Duration connectTimeout) {

    public static Call get(String path, Duration connectTimeout) {
        return new Call(path, null, null, connectTimeout);
    }

    public static Call post(String path, JsonNode body, String model, Duration connectTimeout) {
        return new Call(path, body, model, connectTimeout);
    }
}
