package dev.agentrunner.ollama.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** What the server does when nothing else was asked of it: it echoes. Thread-safe. */
final class Api {

    static final String VERSION = "0.12.6";
    private static final long LAYER = 2_019_377_664L;
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private final Map<String, Set<String>> models = new ConcurrentSkipListMap<>();
    private final Set<String> loaded = new ConcurrentSkipListSet<>();

    void install(String model, Set<String> capabilities) {
        models.put(model, Set.copyOf(capabilities));
    }

    Reply answer(Request request) {
        String model = request.body().path("model").asText("");
        return switch (request.method() + " " + request.path()) {
            case "GET /api/version" -> json(object().put("version", VERSION));
            case "GET /api/tags" -> json(list(models.keySet(), false));
            case "GET /api/ps" -> json(list(loaded, true));
            case "POST /api/pull" -> pull(model, request.body());
            case "POST /api/show" -> needs(model, () -> json(show(model)));
            case "POST /api/embed" -> needs(model, () -> json(embed(model, request.body())));
            case "POST /api/generate" ->
                needs(model, () -> words(model, request.body(), request.body().path("prompt")));
            case "POST /api/chat" -> needs(model, () -> chat(model, request.body()));
            default -> Reply.status(404, Map.of("Content-Type", "text/plain"), "404 page not found");
        };
    }

    private Reply needs(String model, Supplier<Reply> reply) {
        if (!models.containsKey(model)) {
            return Reply.error(404, "model '" + model + "' not found");
        }
        loaded.add(model);
        return reply.get();
    }

    private Reply chat(String model, JsonNode body) {
        JsonNode messages = body.path("messages");
        return words(model, body, messages.path(messages.size() - 1).path("content"));
    }

    /** Says the prompt again, word by word. */
    private static Reply words(String model, JsonNode body, JsonNode prompt) {
        boolean chat = body.has("messages");
        List<String> words = List.of(prompt.asText().split("(?<= )"));
        if (!body.path("stream").asBoolean(true)) {
            return json(last(said(model, chat, prompt.asText()), words.size()));
        }
        List<String> lines = new ArrayList<>();
        words.forEach(
                word -> lines.add(said(model, chat, word).put("done", false).toString()));
        lines.add(last(said(model, chat, ""), words.size()).toString());
        return Reply.ok(lines.toArray(String[]::new));
    }

    private static ObjectNode said(String model, boolean chat, String text) {
        ObjectNode line = object().put("model", model).put("created_at", "2026-01-02T03:04:05.678901Z");
        if (chat) {
            line.putObject("message").put("role", "assistant").put("content", text);
        } else {
            line.put("response", text);
        }
        return line;
    }

    private static ObjectNode last(ObjectNode line, int words) {
        return line.put("done", true)
                .put("done_reason", "stop")
                .put("total_duration", 5_589_157_167L)
                .put("load_duration", 3_013_701_500L)
                .put("prompt_eval_count", words)
                .put("prompt_eval_duration", 1_160_282_000L)
                .put("eval_count", words)
                .put("eval_duration", 1_325_948_000L);
    }

    private Reply pull(String model, JsonNode body) {
        if (model.startsWith("unknown")) {
            return Reply.ok(
                    "{\"status\":\"pulling manifest\"}", ChatLines.error("pull model manifest: file does not exist"));
        }
        install(model, Set.of("completion"));
        if (!body.path("stream").asBoolean(true)) {
            return json(object().put("status", "success"));
        }
        return Reply.ok(
                "{\"status\":\"pulling manifest\"}",
                layer().toString(),
                layer().put("completed", LAYER / 2).toString(),
                layer().put("completed", LAYER).toString(),
                "{\"status\":\"verifying sha256 digest\"}",
                "{\"status\":\"writing manifest\"}",
                "{\"status\":\"success\"}");
    }

    private static ObjectNode layer() {
        return object().put("status", "pulling abababababab")
                .put("digest", DIGEST)
                .put("total", LAYER);
    }

    private ObjectNode list(Set<String> names, boolean inMemory) {
        ObjectNode answer = object();
        ArrayNode list = answer.putArray("models");
        for (String name : new TreeMap<>(models).keySet()) {
            if (names.contains(name)) {
                ObjectNode model = list.addObject()
                        .put("name", name)
                        .put("model", name)
                        .put("size", LAYER)
                        .put("digest", DIGEST);
                if (inMemory) {
                    model.put("expires_at", "2026-01-02T03:04:05.678901+01:00")
                            .put("size_vram", LAYER / 2)
                            .put("context_length", 4096);
                } else {
                    model.put("modified_at", "2026-01-01T03:04:05.678901Z");
                }
            }
        }
        return answer;
    }

    private ObjectNode show(String model) {
        ObjectNode answer = object().put("license", "none").put("modelfile", "FROM " + model);
        answer.putObject("details").put("family", "fake").put("parameter_size", "4B");
        ArrayNode capabilities = answer.putArray("capabilities");
        models.getOrDefault(model, Set.of()).stream().sorted().forEach(capabilities::add);
        return answer;
    }

    private static ObjectNode embed(String model, JsonNode body) {
        JsonNode input = body.path("input");
        Iterable<JsonNode> texts = input.isArray() ? input : List.of(input);
        ObjectNode answer = object().put("model", model);
        ArrayNode vectors = answer.putArray("embeddings");
        int count = 0;
        for (JsonNode text : texts) {
            count++;
            vectors.addArray().add(text.asText().length()).add(0.5).add(-0.25);
        }
        return answer.put("total_duration", 14_143_917L).put("prompt_eval_count", count);
    }

    private static Reply json(ObjectNode body) {
        return Reply.status(200, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
