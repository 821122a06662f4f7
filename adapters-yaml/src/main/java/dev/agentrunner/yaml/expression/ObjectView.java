package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of the scope as the evaluator sees it. Nothing is copied before it is asked for; cannot be changed. */
final class ObjectView extends AbstractMap<String, Object> {

    private final JsonNode node;

    ObjectView(JsonNode node) {
        this.node = node;
    }

    JsonNode node() {
        return node;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        JsonNode value = key instanceof String name ? node.get(name) : null;
        return value == null ? null : Values.in(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && node.has(name);
    }

    @Override
    public int size() {
        return node.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Fields();
    }

    private final class Fields extends AbstractSet<Map.Entry<String, Object>> {

        @Override
        public int size() {
            return node.size();
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return fields.hasNext();
                }

                @Override
                public Map.Entry<String, Object> next() {
                    Map.Entry<String, JsonNode> field = fields.next();
                    return new SimpleEntry<>(field.getKey(), Values.in(field.getValue()));
                }
            };
        }
    }
}
