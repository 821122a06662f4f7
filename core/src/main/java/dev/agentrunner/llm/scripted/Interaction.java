package dev.agentrunner.llm.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, and what came of it. Immutable.
 *
 * @param request as {@link CassetteFormat} writes it; what is compared
 * @param chunks in their order
 * @param ending how it ended
 */
public record Interaction(JsonNode request, List<Chunk> chunks, Ending ending) {

    /**
     * A piece of the answer.
     *
     * @param atMillis since the request
     */
    public record Chunk(long atMillis, Delta delta) {}

    /**
     * The end of the answer, or why there is none.
     *
     * @param model that answered; null if none did
     * @param failure null if there is an answer
     * @param message of the failure
     */
    public record Ending(
            long atMillis,
            @Nullable String model,
            Usage usage,
            FinishReason finishReason,
            ModelException.@Nullable Kind failure,
            String message) {}

    public Interaction {
        chunks = List.copyOf(chunks);
    }
}
