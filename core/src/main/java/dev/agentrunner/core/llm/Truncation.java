package dev.agentrunner.core.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.ModelAnswer;
import java.util.Optional;

/**
 * Finds out whether a provider has silently cut the prompt. Ollama does when it does not fit into {@code num_ctx}, and
 * only the number of prompt tokens tells.
 */
final class Truncation {

    /** More characters than a token has on average in any text that people or programs write. */
    private static final int MOST_CHARACTERS_PER_TOKEN = 8;

    private Truncation() {}

    static Optional<String> warning(ChatRequest request, ModelAnswer answer) {
        long counted = answer.usage().inputTokens();
        if (counted == 0) {
            return Optional.empty();
        }
        long characters = request.messages().stream()
                .mapToLong(message -> message.text().length())
                .sum();
        JsonNode window = request.options().tree().path("num_ctx");
        boolean full = window.isNumber() && counted >= window.asLong();
        if (!full && characters <= counted * MOST_CHARACTERS_PER_TOKEN) {
            return Optional.empty();
        }
        return Optional.of(
                "The prompt of " + characters + " characters was probably cut: the provider counted " + counted
                        + " tokens. Give the model a larger context window (with Ollama the option num_ctx), or a shorter prompt");
    }
}
