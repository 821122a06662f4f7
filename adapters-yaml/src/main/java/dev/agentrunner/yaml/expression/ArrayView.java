package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractList;
import java.util.RandomAccess;

/** An array of the scope as the evaluator sees it. Nothing is copied before it is asked for; cannot be changed. */
final class ArrayView extends AbstractList<Object> implements RandomAccess {

    private final JsonNode node;

    ArrayView(JsonNode node) {
        this.node = node;
    }

    JsonNode node() {
        return node;
    }

    @Override
    public Object get(int index) {
        return Values.in(node.path(index));
    }

    @Override
    public int size() {
        return node.size();
    }
}
