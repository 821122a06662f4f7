package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by key, in the order of the file. */
public record Mapping(Map<String, Entry> entries, int offset) implements Value {

    /**
     * What stands under a key.
     *
     * @param offset where the key begins
     */
    public record Entry(int offset, Value value) {}

    public Mapping {
        entries = new LinkedHashMap<>(entries);
    }

    public @Nullable Value get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    @Override
    public JsonNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        entries.forEach((key, entry) -> object.set(key, entry.value().json()));
        return object;
    }

    @Override
    public String kind() {
        return "a mapping";
    }
}
