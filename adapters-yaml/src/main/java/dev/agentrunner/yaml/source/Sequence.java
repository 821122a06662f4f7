package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** A list. */
public record Sequence(List<Value> items, int offset) implements Value {

    public Sequence {
        items = List.copyOf(items);
    }

    @Override
    public JsonNode json() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(item -> array.add(item.json()));
        return array;
    }

    @Override
    public String kind() {
        return "a list";
    }
}
