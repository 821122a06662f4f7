package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as JSON has them, and as the evaluator does: there, Java's null is a missing value. */
final class Values {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Values() {}

    static Object in(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new ObjectView(node);
            // the evaluator writes into empty lists when it groups them
            case ARRAY -> node.isEmpty() ? new ArrayList<>() : new ArrayView(node);
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case STRING, BINARY, POJO -> node.asText();
            case NULL, MISSING -> Jsonata.NULL_VALUE;
        };
    }

    /** @param value measured, so it is not nested too deeply */
    static JsonNode out(@Nullable Object value) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return JSON.nullNode();
        }
        if (value instanceof ObjectView view) {
            return view.node();
        }
        if (value instanceof ArrayView view) {
            return view.node();
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, field) -> object.set(String.valueOf(key), out(field)));
            return object;
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode(list.size());
            list.forEach(element -> array.add(out(element)));
            return array;
        }
        if (value instanceof String text) {
            return JSON.textNode(text);
        }
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        throw Failure.of("its value is, or has in it, a function. Call the function");
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer i) {
            return JSON.numberNode(i.intValue());
        }
        if (number instanceof Long l) {
            return JSON.numberNode(l.longValue());
        }
        if (number instanceof BigInteger i) {
            return JSON.numberNode(i);
        }
        if (number instanceof BigDecimal d) {
            return DecimalNode.valueOf(d);
        }
        if (number instanceof Float f) {
            return JSON.numberNode(f.floatValue());
        }
        if (number instanceof Short s) {
            return JSON.numberNode(s.shortValue());
        }
        double d = number.doubleValue();
        if (!Double.isFinite(d)) {
            throw Failure.of("its value is " + d + ", which JSON has no number for");
        }
        return JSON.numberNode(d);
    }

    static boolean isFunction(@Nullable Object value) {
        return Utils.isFunction(value)
                || Functions.isLambda(value)
                || value instanceof Jsonata.JLambda
                || value instanceof Pattern;
    }
}
