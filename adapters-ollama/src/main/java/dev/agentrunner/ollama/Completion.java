package dev.agentrunner.ollama;

import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Usage;

/**
 * A prompt's continuation. Immutable.
 *
 * @param thinking what the model thought first; often empty
 */
public record Completion(String model, String text, String thinking, Usage usage, FinishReason finishReason) {}
