package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes templates. */
public final class Templates {

    private Templates() {}

    /**
     * Keys stay as they are; only values hold expressions.
     *
     * @throws ExpressionSyntaxException about the first expression that is none; the position is that within its text
     */
    public static Template compile(JsonNode value) {
        if (value.isTextual()) {
            return TextTemplate.compile(value.textValue());
        }
        if (value.isArray()) {
            List<Template> items = new ArrayList<>(value.size());
            value.forEach(item -> items.add(compile(item)));
            return list(items);
        }
        if (value.isObject()) {
            Map<String, Template> fields = new LinkedHashMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), compile(field.getValue())));
            return object(fields);
        }
        return constant(value);
    }

    public static Template constant(JsonNode value) {
        return new Constant(value);
    }

    public static Template list(List<Template> items) {
        return new Items(List.copyOf(items));
    }

    /** The order of the fields is kept. */
    public static Template object(Map<String, Template> fields) {
        return new Fields(new LinkedHashMap<>(fields));
    }

    /** Gives copies, so that nobody can change what it holds. */
    private record Constant(JsonNode value) implements Template {
        @Override
        public JsonNode render(JsonNode scope) {
            return value.deepCopy();
        }
    }

    private record Items(List<Template> items) implements Template {
        @Override
        public JsonNode render(JsonNode scope) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            items.forEach(item -> array.add(item.render(scope)));
            return array;
        }

        @Override
        public Set<List<String>> references() {
            return union(items);
        }
    }

    private record Fields(Map<String, Template> fields) implements Template {
        @Override
        public JsonNode render(JsonNode scope) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, field) -> object.set(name, field.render(scope)));
            return object;
        }

        @Override
        public Set<List<String>> references() {
            return union(fields.values());
        }
    }

    private static Set<List<String>> union(Iterable<Template> templates) {
        Set<List<String>> all = new LinkedHashSet<>();
        templates.forEach(template -> all.addAll(template.references()));
        return all;
    }
}
