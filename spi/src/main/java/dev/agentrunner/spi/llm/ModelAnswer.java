package dev.agentrunner.spi.llm;

import java.util.List;

/**
 * A complete answer. Immutable.
 *
 * @param model that gave it, in the provider's own words
 * @param text all text deltas put together
 * @param thinking all thinking deltas put together
 * @param toolCalls all tool calls, in their order
 */
public record ModelAnswer(
        String model, String text, String thinking, List<ToolCall> toolCalls, Usage usage, FinishReason finishReason) {

    public ModelAnswer {
        toolCalls = List.copyOf(toolCalls);
    }
}
