package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a server sent without trusting it: what is absent or null has a default, what is of another type than the
 * protocol says is {@code MALFORMED}. Numbers keep all their digits.
 */
public final class Fields {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Fields() {}

    public static JsonNode object(String text) {
        JsonNode node;
        try {
            node = STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw Errors.malformed("The server sent something that is not JSON: " + Errors.excerpt(text));
        }
        if (!node.isObject()) {
            throw Errors.malformed("The server sent something that is not a JSON object: " + Errors.excerpt(text));
        }
        return node;
    }

    /** Empty if there is none. */
    public static String text(JsonNode in, String name) {
        JsonNode value = in.path(name);
        if (isAbsent(value)) {
            return "";
        }
        if (!value.isTextual()) {
            throw wrong(name, value);
        }
        return value.textValue();
    }

    /** 0 if there is none. */
    public static long count(JsonNode in, String name) {
        JsonNode value = in.path(name);
        if (isAbsent(value)) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(name, value);
        }
        return value.longValue();
    }

    /** Must be there. */
    public static boolean flag(JsonNode in, String name) {
        JsonNode value = in.path(name);
        if (!value.isBoolean()) {
            throw wrong(name, value);
        }
        return value.booleanValue();
    }

    /** Empty if there is none. */
    public static List<JsonNode> list(JsonNode in, String name) {
        JsonNode value = in.path(name);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, value);
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    /** An object without fields if there is none. */
    public static JsonNode part(JsonNode in, String name) {
        JsonNode value = in.path(name);
        if (isAbsent(value)) {
            return STRICT.createObjectNode();
        }
        if (!value.isObject()) {
            throw wrong(name, value);
        }
        return value;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static RuntimeException wrong(String name, JsonNode value) {
        return Errors.malformed("The server sent a '" + name + "' that is not what its protocol says: "
                + (value.isMissingNode() ? "none" : Errors.excerpt(value.toString())));
    }
}
