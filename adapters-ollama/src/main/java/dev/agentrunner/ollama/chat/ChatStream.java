package dev.agentrunner.ollama.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.ollama.http.Errors;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.ollama.http.Lines;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the lines of {@code /api/chat} together: tells each part, and has the answer at the line that is {@code done}.
 * Not thread-safe.
 */
final class ChatStream implements Lines<ModelAnswer> {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Consumer<Delta> deltas;
    private String model;
    private @Nullable ModelAnswer answer;

    ChatStream(String model, Consumer<Delta> deltas) {
        this.model = model;
        this.deltas = deltas;
    }

    @Override
    public void opened() {
        deltas.accept(new Delta.Opened());
    }

    @Override
    public void line(JsonNode object) {
        boolean done = Fields.flag(object, "done");
        String by = Fields.text(object, "model");
        if (!by.isEmpty()) {
            model = by;
        }
        JsonNode message = Fields.part(object, "message");
        String thought = Fields.text(message, "thinking");
        if (!thought.isEmpty()) {
            thinking.append(thought);
            deltas.accept(new Delta.Thinking(thought));
        }
        String said = Fields.text(message, "content");
        if (!said.isEmpty()) {
            text.append(said);
            deltas.accept(new Delta.Text(said));
        }
        for (JsonNode call : Fields.list(message, "tool_calls")) {
            call(call);
        }
        if (done) {
            Ending ending = Ending.of(object, !calls.isEmpty());
            answer = new ModelAnswer(
                    model, text.toString(), thinking.toString(), calls, ending.usage(), ending.finishReason());
        }
    }

    @Override
    public @Nullable ModelAnswer outcome() {
        return answer;
    }

    private void call(JsonNode node) {
        JsonNode function = Fields.part(node, "function");
        String name = Fields.text(function, "name");
        if (name.isEmpty()) {
            throw Errors.malformed("The model asks for a tool without a name: " + Errors.excerpt(node.toString()));
        }
        Json arguments = new Json(Fields.part(function, "arguments").toString());
        ToolCall call = new ToolCall(id(Fields.text(node, "id")), name, arguments);
        calls.add(call);
        deltas.accept(new Delta.Call(call));
    }

    /** Older servers give none; the same answer always gets the same ones. */
    private String id(String given) {
        String id = given;
        for (int number = calls.size() + 1; id.isEmpty() || !ids.add(id); number++) {
            id = "call_" + number;
        }
        return id;
    }
}
