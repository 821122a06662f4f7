package dev.agentrunner.spi.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * One JSON value as text. Stores keep the text exactly as it is: what was appended is what is read
 * back, character for character. Immutable; equality is that of the text.
 *
 * <p>NUL characters and halves of surrogate pairs, which not every store can keep, become JSON escapes.
 */
public record Json(@JsonValue @JsonRawValue String text) {

    public Json {
        text = Storable.json(text);
    }

    /** The JSON value {@code null}. */
    public static final Json NULL = new Json("null");

    /** The JSON value <code>{}</code>. */
    public static final Json EMPTY = new Json("{}");

    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The value that Jackson read. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Json of(JsonNode tree) {
        return new Json(tree.toString());
    }

    /**
     * Takes a text after checking that it is exactly one JSON value.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static Json parse(String text) {
        Json json = new Json(text);
        json.tree();
        return json;
    }

    /**
     * The value as a tree; parsed anew on every call.
     *
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    public JsonNode tree() {
        try {
            return TREES.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a JSON value: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
