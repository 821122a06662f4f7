package dev.agentrunner.ollama.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.ollama.http.Call;
import dev.agentrunner.ollama.http.Errors;
import dev.agentrunner.ollama.http.Fields;
import dev.agentrunner.ollama.http.Lines;
import dev.agentrunner.ollama.http.Listeners;
import dev.agentrunner.spi.llm.PullProgress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the progress lines of {@code /api/pull} up to {@code success}. Not thread-safe. */
public final class PullStream implements Lines<Boolean> {

    private final Consumer<PullProgress> progress;
    private @Nullable Boolean succeeded;

    public PullStream(Consumer<PullProgress> progress) {
        this.progress = Listeners.guarded(progress);
    }

    /** The call whose answer this reads. */
    public static Call call(String model, Duration connectTimeout) {
        JsonNode body =
                JsonNodeFactory.instance.objectNode().put("model", model).put("stream", true);
        return Call.post("/api/pull", body, model, connectTimeout);
    }

    @Override
    public void line(JsonNode object) {
        String status = Fields.text(object, "status");
        if (status.isEmpty()) {
            throw Errors.malformed("Ollama reports progress without a status: " + Errors.excerpt(object.toString()));
        }
        progress.accept(new PullProgress(status, Fields.count(object, "completed"), Fields.count(object, "total")));
        if (status.equals("success")) {
            succeeded = true;
        }
    }

    @Override
    public @Nullable Boolean outcome() {
        return succeeded;
    }
}
