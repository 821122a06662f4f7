package dev.agentrunner.llm.scripted;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.util.ArrayList;
import java.util.List;

/** Cassettes as JSON, and back. */
final class CassetteFormat {

    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.USE_DEFAULTS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private CassetteFormat() {}

    /** What is compared of a request: all of it but the time for connecting. */
    static JsonNode request(ChatRequest request) {
        ObjectNode node = MAPPER.createObjectNode().put("model", request.model());
        node.set("messages", tree(request.messages()));
        if (!request.tools().isEmpty()) {
            node.set("tools", tree(request.tools()));
        }
        if (request.format() != null) {
            node.set("format", request.format().tree());
        }
        node.set("options", request.options().tree());
        if (request.thinking() != null) {
            node.put("thinking", request.thinking());
        }
        return node;
    }

    private static JsonNode tree(Object value) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String write(Cassette cassette) throws JsonProcessingException {
        ObjectNode root = MAPPER.createObjectNode().put("version", VERSION);
        ArrayNode all = root.putArray("interactions");
        for (Interaction each : cassette.interactions()) {
            ObjectNode node = all.addObject();
            node.set("request", each.request());
            ArrayNode chunks = node.putArray("chunks");
            each.chunks().forEach(chunk -> write(chunk, chunks.addObject()));
            write(each.ending(), node);
        }
        return MAPPER.writeValueAsString(root);
    }

    private static void write(Chunk chunk, ObjectNode node) {
        node.put("at_ms", chunk.atMillis());
        if (chunk.delta() instanceof Delta.Text more) {
            node.put("text", more.text());
        } else if (chunk.delta() instanceof Delta.Thinking more) {
            node.put("thinking", more.text());
        } else if (chunk.delta() instanceof Delta.Call call) {
            node.set("tool_call", tree(call.call()));
        } else {
            node.put("opened", true);
        }
    }

    private static void write(Ending ending, ObjectNode node) {
        if (ending.failure() != null) {
            node.putObject("failure")
                    .put("kind", ending.failure().name())
                    .put("message", ending.message())
                    .put("at_ms", ending.atMillis());
            return;
        }
        ObjectNode answer = node.putObject("answer").put("model", ending.model());
        answer.set("usage", tree(ending.usage()));
        answer.put("finish_reason", ending.finishReason().name()).put("at_ms", ending.atMillis());
    }

    static Cassette read(String text) throws JsonProcessingException {
        JsonNode root = MAPPER.readTree(text);
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("its version is " + root.path("version") + ", not " + VERSION);
        }
        List<Interaction> interactions = new ArrayList<>();
        for (JsonNode node : root.path("interactions")) {
            List<Chunk> chunks = new ArrayList<>();
            for (JsonNode chunk : node.path("chunks")) {
                chunks.add(new Chunk(chunk.path("at_ms").asLong(), delta(chunk)));
            }
            interactions.add(new Interaction(required(node, "request"), chunks, ending(node)));
        }
        return new Cassette(interactions);
    }

    private static JsonNode required(JsonNode node, String field) {
        if (!node.hasNonNull(field)) {
            throw new IllegalArgumentException("an interaction has no '" + field + "'");
        }
        return node.get(field);
    }

    private static Delta delta(JsonNode chunk) {
        if (chunk.has("text")) {
            return new Delta.Text(chunk.get("text").asText());
        }
        if (chunk.has("thinking")) {
            return new Delta.Thinking(chunk.get("thinking").asText());
        }
        if (chunk.has("tool_call")) {
            JsonNode call = chunk.get("tool_call");
            return new Delta.Call(new ToolCall(
                    call.path("id").asText(),
                    call.path("name").asText(),
                    new Json(call.path("arguments").toString())));
        }
        return new Delta.Opened();
    }

    private static Ending ending(JsonNode node) {
        if (node.has("failure")) {
            JsonNode failure = node.get("failure");
            return new Ending(
                    failure.path("at_ms").asLong(),
                    null,
                    Usage.NONE,
                    FinishReason.OTHER,
                    ModelException.Kind.valueOf(failure.path("kind").asText()),
                    failure.path("message").asText());
        }
        JsonNode answer = required(node, "answer");
        JsonNode usage = answer.path("usage");
        return new Ending(
                answer.path("at_ms").asLong(),
                answer.path("model").asText(),
                new Usage(
                        usage.path("input_tokens").asLong(),
                        usage.path("output_tokens").asLong()),
                FinishReason.valueOf(answer.path("finish_reason").asText("STOP")),
                null,
                "");
    }
}
