package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Puts the defaults of a JSON Schema where an input says nothing. */
final class InputDefaults {

    private InputDefaults() {}

    /** A copy of the input with the defaults of {@code properties} at every depth; the input if it is no object. */
    static JsonNode applied(JsonNode schema, JsonNode input) {
        if (!(input instanceof ObjectNode object)) {
            return input;
        }
        ObjectNode filled = object.objectNode();
        filled.setAll(object);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode given = filled.get(property.getKey());
            if (given != null) {
                filled.set(property.getKey(), applied(property.getValue(), given));
            } else if (property.getValue().has("default")) {
                JsonNode fallback = property.getValue().get("default");
                filled.set(property.getKey(), applied(property.getValue(), fallback));
            }
        }
        return filled;
    }
}
