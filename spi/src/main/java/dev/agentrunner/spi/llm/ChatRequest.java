package dev.agentrunner.spi.llm;

import dev.agentrunner.spi.model.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked. Immutable.
 *
 * @param model {@code provider/model} for the engine; for a provider, its own name of the model
 * @param messages the conversation so far, oldest first; at least one
 * @param tools what the model may ask to be done
 * @param format a JSON Schema that the answer's text is to follow; null for free text
 * @param options the provider's own parameters, a JSON object such as {@code {"temperature": 0.2}}
 * @param thinking whether to think, and how hard: {@code true}, {@code false}, {@code low} to {@code max}; null leaves
 *     it to the model
 * @param connectTimeout for reaching the provider's server
 */
public record ChatRequest(
        String model,
        List<Message> messages,
        List<ToolSpec> tools,
        @Nullable Json format,
        Json options,
        @Nullable String thinking,
        Duration connectTimeout) {

    /** How long connecting may take unless said otherwise. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        if (model.isBlank()) {
            throw new IllegalArgumentException("A request names its model; with the engine as provider/model");
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A request has at least one message");
        }
    }

    /** Asks one question. */
    public static ChatRequest of(String model, String prompt) {
        return of(model, List.of(Message.user(prompt)));
    }

    public static ChatRequest of(String model, List<Message> messages) {
        return new ChatRequest(model, messages, List.of(), null, Json.EMPTY, null, CONNECT_TIMEOUT);
    }

    /** The same, asked of another model. */
    public ChatRequest withModel(String other) {
        return new ChatRequest(other, messages, tools, format, options, thinking, connectTimeout);
    }

    public ChatRequest withTools(List<ToolSpec> those) {
        return new ChatRequest(model, messages, those, format, options, thinking, connectTimeout);
    }

    /** Asks for JSON that follows this schema. */
    public ChatRequest withFormat(Json schema) {
        return new ChatRequest(model, messages, tools, schema, options, thinking, connectTimeout);
    }

    public ChatRequest withOptions(Json those) {
        return new ChatRequest(model, messages, tools, format, those, thinking, connectTimeout);
    }

    public ChatRequest withThinking(String how) {
        return new ChatRequest(model, messages, tools, format, options, how, connectTimeout);
    }

    public ChatRequest withConnectTimeout(Duration timeout) {
        return new ChatRequest(model, messages, tools, format, options, thinking, timeout);
    }
}
