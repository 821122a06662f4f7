package dev.agentrunner.ollama.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Message;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.ToolSpec;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import java.util.Locale;

/** Writes the body of {@code POST /api/chat}. */
final class ChatBody {

    /** Parameters that Ollama wants beside its options, not among them. */
    private static final List<String> BESIDE_OPTIONS = List.of("keep_alive", "truncate", "shift");

    private ChatBody() {}

    /** @throws ModelException {@code BAD_REQUEST} if a part of the request that is to be JSON is not */
    static ObjectNode of(ChatRequest request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", request.model());
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> messages.add(message(message)));
        body.put("stream", true);
        if (!request.tools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            request.tools().forEach(tool -> tools.add(tool(tool)));
        }
        Json format = request.format();
        if (format != null) {
            body.set("format", value("format", format));
        }
        options(body, object("options", request.options()));
        String thinking = request.thinking();
        if (thinking != null) {
            think(body, thinking);
        }
        return body;
    }

    private static void options(ObjectNode body, ObjectNode options) {
        for (String name : BESIDE_OPTIONS) {
            JsonNode value = options.remove(name);
            if (value != null) {
                body.set(name, value);
            }
        }
        if (!options.isEmpty()) {
            body.set("options", options);
        }
    }

    private static void think(ObjectNode body, String how) {
        if (how.equals("true") || how.equals("false")) {
            body.put("think", how.equals("true"));
        } else {
            body.put("think", how);
        }
    }

    private static ObjectNode message(Message message) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("role", message.role().name().toLowerCase(Locale.ROOT))
                .put("content", message.text());
        if (message.thinking() != null) {
            node.put("thinking", message.thinking());
        }
        if (!message.images().isEmpty()) {
            ArrayNode images = node.putArray("images");
            message.images().forEach(image -> images.add(image.base64()));
        }
        if (!message.toolCalls().isEmpty()) {
            calls(node.putArray("tool_calls"), message.toolCalls());
        }
        ToolCall answers = message.answers();
        if (answers != null) {
            node.put("tool_name", answers.name()).put("tool_call_id", answers.id());
        }
        return node;
    }

    private static void calls(ArrayNode to, List<ToolCall> calls) {
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            to.addObject()
                    .put("id", call.id())
                    .putObject("function")
                    .put("index", i)
                    .put("name", call.name())
                    .set("arguments", object("arguments of the call " + call.id(), call.arguments()));
        }
    }

    private static ObjectNode tool(ToolSpec tool) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "function");
        node.putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", object("parameters of the tool " + tool.name(), tool.parameters()));
        return node;
    }

    private static ObjectNode object(String what, Json json) {
        if (value(what, json) instanceof ObjectNode object) {
            return object;
        }
        throw unusable(what, "it is not a JSON object");
    }

    private static JsonNode value(String what, Json json) {
        try {
            return json.tree();
        } catch (IllegalArgumentException e) {
            throw unusable(what, String.valueOf(e.getMessage()));
        }
    }

    private static ModelException unusable(String what, String why) {
        return new ModelException(
                ModelException.Kind.BAD_REQUEST, "The request was not sent; its " + what + " cannot be: " + why);
    }
}
