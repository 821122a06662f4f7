package dev.agentrunner.workflow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model replied.
 *
 * @param model that did, as {@code provider/model}
 * @param thinking what it thought before; empty if it does not tell
 * @param costUsd null if no price is known
 */
public record Reply(
        String model,
        String text,
        String thinking,
        @JsonProperty("tool_calls") List<ToolCall> toolCalls,
        Usage usage,
        @JsonProperty("cost_usd") @Nullable BigDecimal costUsd,
        @JsonProperty("finish_reason") FinishReason finishReason) {

    public Reply {
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * The text as JSON, which a request with a format asks for.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public JsonNode json() {
        return Json.parse(text).tree();
    }
}
