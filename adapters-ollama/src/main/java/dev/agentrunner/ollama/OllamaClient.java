package dev.agentrunner.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.ollama.http.Call;
import dev.agentrunner.ollama.http.Endpoint;
import dev.agentrunner.ollama.http.Errors;
import dev.agentrunner.ollama.http.Exchange;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Ollama offers besides chats and the list of its models. Blocking calls that wait as long as the server takes; an
 * interrupt ends them. All throw {@link ModelException}. Immutable and thread-safe.
 */
public final class OllamaClient {

    private final Endpoint endpoint;
    private final Duration connectTimeout;

    OllamaClient(Endpoint endpoint, Duration connectTimeout) {
        this.endpoint = endpoint;
        this.connectTimeout = connectTimeout;
    }

    /** Continues a prompt, without the roles of a chat. */
    public Completion generate(String model, String prompt) {
        return generate(model, prompt, Json.EMPTY, piece -> {});
    }

    /**
     * Continues a prompt, and tells the text as it comes.
     *
     * @param options the model's parameters, a JSON object such as {@code {"temperature": 0.2}}
     * @param text told each piece by a thread of the HTTP client; what it throws ends the call
     * @throws IllegalArgumentException if the options are not JSON
     */
    public Completion generate(String model, String prompt, Json options, Consumer<String> text) {
        ObjectNode body = about(model).put("prompt", prompt).put("stream", true);
        body.set("options", options.tree());
        Call call = Call.post("/api/generate", body, model, connectTimeout);
        try (Exchange<Completion> exchange = endpoint.stream(call, new CompletionStream(model, text))) {
            return exchange.await();
        }
    }

    /** Turns texts into vectors. */
    public Embeddings embed(String model, List<String> texts) {
        ObjectNode body = about(model);
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        JsonNode answer = endpoint.ask(Call.post("/api/embed", body, model, connectTimeout))
                .await();
        List<float[]> vectors = new ArrayList<>();
        Fields.list(answer, "embeddings").forEach(vector -> vectors.add(numbers(vector)));
        if (vectors.size() != texts.size()) {
            throw Errors.malformed("For " + texts.size() + " texts Ollama sent " + vectors.size() + " vectors");
        }
        return new Embeddings(vectors, Fields.count(answer, "prompt_eval_count"));
    }

    /** The models in memory. */
    public List<LoadedModel> loaded() {
        JsonNode answer = endpoint.ask(Call.get("/api/ps", connectTimeout)).await();
        return Fields.list(answer, "models").stream().map(OllamaClient::loaded).toList();
    }

    /** Of the server, such as {@code 0.12.6}. */
    public String version() {
        return Fields.text(
                endpoint.ask(Call.get("/api/version", connectTimeout)).await(), "version");
    }

    private static LoadedModel loaded(JsonNode model) {
        return new LoadedModel(
                Fields.text(model, "name"),
                Fields.count(model, "size"),
                Fields.count(model, "size_vram"),
                Fields.count(model, "context_length"),
                instant(Fields.text(model, "expires_at")));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static float[] numbers(JsonNode vector) {
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!vector.path(i).isNumber()) {
                throw Errors.malformed("Ollama sent a vector with something else than numbers");
            }
            numbers[i] = vector.path(i).floatValue();
        }
        return numbers;
    }

    private static ObjectNode about(String model) {
        return JsonNodeFactory.instance.objectNode().put("model", model);
    }
}
