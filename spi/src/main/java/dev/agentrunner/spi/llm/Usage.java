package dev.agentrunner.spi.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Tokens of one generation, as the provider counted them; 0 where it does not say.
 *
 * @param inputTokens of the prompt
 * @param outputTokens of the answer, including what was thought
 */
public record Usage(
        @JsonProperty("input_tokens") long inputTokens,
        @JsonProperty("output_tokens") long outputTokens) {

    public static final Usage NONE = new Usage(0, 0);

    public Usage plus(Usage other) {
        return new Usage(inputTokens + other.inputTokens, outputTokens + other.outputTokens);
    }
}
