package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures one value with all that is in it, as often as it is in it; ends the evaluation if that is too much. */
final class Size {

    /** As deep as JSON can be to be read again. */
    static final int LEVELS = 1000;

    private static final int NODES_PER_TICK = 4096;

    private final Meter meter;
    private long units;
    private int nodes;

    Size(Meter meter) {
        this.meter = meter;
    }

    /** In units of {@link Meter}. */
    long of(@Nullable Object value) {
        add(value, 0);
        return units;
    }

    private void add(@Nullable Object value, int level) {
        if (value instanceof String text) {
            node(text.length(), level);
        } else if (value instanceof ObjectView view) {
            add(view.node(), level);
        } else if (value instanceof ArrayView view) {
            add(view.node(), level);
        } else if (value instanceof Map<?, ?> map) {
            node(0, level);
            for (Map.Entry<?, ?> field : map.entrySet()) {
                node(String.valueOf(field.getKey()).length(), level);
                add(field.getValue(), level + 1);
            }
        } else if (value instanceof List<?> list) {
            // a range has its size before it has its elements
            if ((long) Meter.VALUE * list.size() > Meter.SIZE) {
                throw meter.tooLarge();
            }
            node(0, level);
            for (Object element : list) {
                add(element, level + 1);
            }
        } else {
            node(0, level);
        }
    }

    private void add(JsonNode node, int level) {
        if (node.isTextual()) {
            node(node.textValue().length(), level);
            return;
        }
        node(0, level);
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                node(field.getKey().length(), level);
                add(field.getValue(), level + 1);
            }
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                add(element, level + 1);
            }
        }
    }

    private void node(long extra, int level) {
        units += Meter.VALUE + extra;
        if (units > Meter.SIZE) {
            throw meter.tooLarge();
        }
        if (level > LEVELS) {
            throw meter.pass("a value in it is nested more than 1000 levels deep");
        }
        if (++nodes % NODES_PER_TICK == 0) {
            meter.tick();
        }
    }
}
