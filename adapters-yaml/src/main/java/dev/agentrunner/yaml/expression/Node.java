package dev.agentrunner.yaml.expression;

import java.util.List;

/**
 * A part of an expression, as far as it has to be told apart here.
 *
 * @param text a name, or the operator
 * @param parts in the order in which they are written
 * @param size of the tree that the evaluator makes of it; some operators double their left side
 */
record Node(Kind kind, String text, int position, List<Node> parts, long size, int height) {

    enum Kind {
        NAME,
        VARIABLE,
        TEXT,
        LITERAL,
        REGEX,
        /** A step that goes to several values, or up: {@code *}, {@code **}, {@code %}. */
        WILDCARD,
        /** What each of the left side's values gives, put through the right side. */
        PATH,
        /** The left side, then what is evaluated for each of its values: a filter, a group, an order. */
        FOR_EACH,
        /** The left side under a name, the last part. */
        FOCUS,
        BIND,
        /** A function, then its arguments. */
        CALL,
        /** Parameters, then the body. */
        LAMBDA,
        TRANSFORM,
        /** An argument that is given later. */
        PLACEHOLDER,
        /** Anything that evaluates its parts where it is evaluated itself. */
        OTHER
    }

    static Node of(Kind kind, String text, int position, List<Node> parts) {
        long size = 1;
        int height = 0;
        for (Node part : parts) {
            size += part.size;
            height = Math.max(height, part.height);
        }
        return new Node(kind, text, position, List.copyOf(parts), size, height + 1);
    }

    /** Whether a function in it is applied to some of its arguments only. */
    boolean hasPlaceholder() {
        return kind == Kind.PLACEHOLDER || parts.stream().anyMatch(Node::hasPlaceholder);
    }

    /** The same with the left side counted once more. */
    Node doubled() {
        return new Node(kind, text, position, parts, size + parts.get(0).size, height);
    }
}
