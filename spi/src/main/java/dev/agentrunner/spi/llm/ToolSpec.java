package dev.agentrunner.spi.llm;

import dev.agentrunner.spi.model.Json;

/**
 * A tool that a model may ask for.
 *
 * @param name 1 to 64 letters, digits, {@code _} and {@code -}
 * @param description for the model
 * @param parameters the JSON Schema of the arguments, an object
 */
public record ToolSpec(String name, String description, Json parameters) {

    public ToolSpec {
        if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "A tool's name has 1 to 64 letters, digits, _ and -, because providers accept no others: '" + name
                            + "'");
        }
    }
}
