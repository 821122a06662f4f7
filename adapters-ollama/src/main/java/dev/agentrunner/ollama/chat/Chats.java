package dev.agentrunner.ollama.chat;

import dev.agentrunner.ollama.http.Call;
import dev.agentrunner.ollama.http.Endpoint;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.PullProgress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins generations. Immutable.
 *
 * @param pulls told how fetching a missing model goes; null if missing models are not fetched
 */
public record Chats(Endpoint endpoint, @Nullable Consumer<PullProgress> pulls) {

    public Generation begin(ChatRequest request, Consumer<Delta> deltas) {
        OllamaGeneration generation = new OllamaGeneration(this, request, deltas);
        try {
            generation.begin(Call.post("/api/chat", ChatBody.of(request), request.model(), request.connectTimeout()));
        } catch (ModelException e) {
            generation.fail(e);
        }
        return generation;
    }
}
