package dev.agentrunner.ollama.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lines as {@code /api/chat} sends them. */
public final class ChatLines {

    public static final String MODEL = "qwen3:4b";

    private static final String CREATED = "2026-01-02T03:04:05.678901Z";

    private ChatLines() {}

    public static String text(String text) {
        return line(message().put("content", text), false).toString();
    }

    public static String thinking(String text) {
        return line(message().put("content", "").put("thinking", text), false).toString();
    }

    /** A tool call with an id, as newer servers send it. */
    public static String call(String id, String name, String arguments) {
        String function = "{\"index\":0,\"name\":" + quoted(name) + ",\"arguments\":" + arguments + "}";
        return raw("{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":" + quoted(id) + ",\"function\":"
                + function + "}]}");
    }

    /** A tool call without an id, as older servers send it. */
    public static String call(String name, String arguments) {
        String function = "{\"name\":" + quoted(name) + ",\"arguments\":" + arguments + "}";
        return raw("{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":" + function + "}]}");
    }

    public static String done() {
        return done("stop", 26, 298);
    }

    /** The last line; counts of 0 are left out, as the server does. */
    public static String done(String reason, long promptTokens, long tokens) {
        ObjectNode line = line(message().put("content", ""), true)
                .put("done_reason", reason)
                .put("total_duration", 5_589_157_167L)
                .put("load_duration", 3_013_701_500L);
        if (promptTokens > 0) {
            line.put("prompt_eval_count", promptTokens).put("prompt_eval_duration", 1_160_282_000L);
        }
        if (tokens > 0) {
            line.put("eval_count", tokens).put("eval_duration", 1_325_948_000L);
        }
        return line.toString();
    }

    public static String error(String error) {
        return "{\"error\":" + quoted(error) + "}";
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String raw(String message) {
        return "{\"model\":" + quoted(MODEL) + ",\"created_at\":\"" + CREATED + "\",\"message\":" + message
                + ",\"done\":false}";
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("role", "assistant");
    }

    private static ObjectNode line(ObjectNode message, boolean done) {
        ObjectNode line =
                JsonNodeFactory.instance.objectNode().put("model", MODEL).put("created_at", CREATED);
        line.set("message", message);
        return line.put("done", done);
    }
}
