package dev.agentrunner.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.ollama.chat.Ending;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.ollama.http.Lines;
import dev.agentrunner.ollama.http.Listeners;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@code /api/generate}. Not thread-safe. */
final class CompletionStream implements Lines<Completion> {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final String model;
    private final Consumer<String> pieces;
    private @Nullable Completion outcome;

    CompletionStream(String model, Consumer<String> pieces) {
        this.model = model;
        this.pieces = Listeners.guarded(pieces);
    }

    @Override
    public void line(JsonNode object) {
        boolean done = Fields.flag(object, "done");
        thinking.append(Fields.text(object, "thinking"));
        String piece = Fields.text(object, "response");
        if (!piece.isEmpty()) {
            text.append(piece);
            pieces.accept(piece);
        }
        if (done) {
            String by = Fields.text(object, "model");
            Ending ending = Ending.of(object, false);
            outcome = new Completion(
                    by.isEmpty() ? model : by,
                    text.toString(),
                    thinking.toString(),
                    ending.usage(),
                    ending.finishReason());
        }
    }

    @Override
    public @Nullable Completion outcome() {
        return outcome;
    }
}
