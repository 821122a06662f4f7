package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Parser.Symbol;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@link Meter} has to know about the nodes that the evaluator shows it. The evaluator publishes little of them, so
 * most is read from how they print themselves: the class, the id, {@code value=} and the value. Thread-safe.
 */
final class Marks {

    /** A name, a variable or a literal: gives what there was before. */
    static final int GIVES = 1;
    /** A call: what its first part gives is called. */
    static final int CALLS = 2;
    /** An operator on two values, which takes them but keeps none. */
    static final int TAKES = 4;
    /** Walks over its context. */
    static final int WALKS = 8;
    /** A step that makes tuples. */
    static final int TUPLES = 16;
    /** Has groups. */
    static final int GROUPS = 32;

    private final Map<Symbol, Integer> marks = new ConcurrentHashMap<>();
    private final boolean calls;
    private final long kept;

    /** @param expression has about as many nodes as are worth to be kept; some more are made by each evaluation */
    Marks(Node expression) {
        // a partial application looks like a call, and begins with its arguments
        calls = !expression.hasPlaceholder();
        kept = 2 * expression.size() + 100;
    }

    int of(Symbol node) {
        Integer known = marks.get(node);
        if (known != null) {
            return known;
        }
        int mark = mark(node);
        if (marks.size() < kept) {
            marks.put(node, mark);
        }
        return mark;
    }

    private int mark(Symbol node) {
        String text = node.toString();
        String value = text.substring(text.indexOf(" value=") + " value=".length());
        int mark = node.tuple == null ? 0 : TUPLES;
        if (node.group != null) {
            mark |= GROUPS;
        }
        if (text.startsWith("Terminal ")) {
            return mark | GIVES;
        }
        if (text.startsWith(" * ") || text.startsWith(" ** ")) {
            return mark | WALKS;
        }
        return mark
                | switch (value) {
                    case "(" -> calls ? CALLS : 0;
                    case "&", "=", "!=", "<", "<=", ">", ">=", "in", "and", "or", "+", "-", "/", "%", "*" -> TAKES;
                    default -> 0;
                };
    }
}
