package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.workflow.TerminalFailureException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as texts, and as what counts as true. */
final class Texts {

    private Texts() {}

    /** A text as it is, nothing for null, JSON for anything else. */
    static String of(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isNull() || value.isMissingNode() ? "" : value.toString();
    }

    /**
     * As JSONata's {@code $boolean} says: neither false, 0, nothing, nor an empty text or object, nor a list in which
     * nothing is true.
     */
    static boolean isTrue(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().anyMatch(Texts::isTrue);
        }
        if (value.isObject()) {
            return !value.isEmpty();
        }
        if (value.isTextual()) {
            return !value.textValue().isEmpty();
        }
        return value.isNumber() ? value.doubleValue() != 0 : value.booleanValue();
    }

    /**
     * Texts by name.
     *
     * @param what they are, for the message
     * @throws TerminalFailureException if the value is no object
     */
    static Map<String, String> byName(@Nullable JsonNode value, String what) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value == null || value.isNull()) {
            return texts;
        }
        if (!value.isObject()) {
            throw new TerminalFailureException(
                    "expression_failed", what + " must be an object of texts by name, not " + value.getNodeType());
        }
        value.properties().forEach(field -> texts.put(field.getKey(), of(field.getValue())));
        return texts;
    }
}
