package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A text, a number, true, false or null.
 *
 * @param written the text; of what is none, how it was written
 */
public record Scalar(JsonNode json, String written, Style style, int offset) implements Value {

    /** How a text is written. */
    public enum Style {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        BLOCK
    }

    public boolean isText() {
        return json.isTextual();
    }

    @Override
    public String kind() {
        return switch (json.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> "the number " + written;
            case BOOLEAN -> "the value " + written;
            default -> "null";
        };
    }
}
