package dev.agentrunner.jdbc.sql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a run's labels as one JSON object, and reads them back. */
public final class Labels {

    private static final String NONE = "{}";

    private Labels() {}

    public static String format(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return NONE;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(labels).forEach(object::put);
        return object.toString();
    }

    static Map<String, String> parse(String text) {
        if (text.equals(NONE)) {
            return Map.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        new Json(text)
                .tree()
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().textValue()));
        return labels;
    }
}
