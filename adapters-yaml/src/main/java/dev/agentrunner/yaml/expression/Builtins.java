package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All functions that an expression can call, in place of the evaluator's own. Those that loop or grow where the evaluator
 * does not notice are written anew; the others are called as they are, between two looks at the clock.
 */
final class Builtins {

    private static final Map<String, Builtin> ALL = new LinkedHashMap<>();

    static {
        Texts.add(Builtins::add);
        Searches.add(Builtins::add);
        Lists.add(Builtins::add);
        Numbers.add(Builtins::add);
        for (String name : List.of("sum", "max", "min", "average")) {
            add(name, "<a<n>:n>", name, null);
        }
        add("count", "<a:n>", "count", null);
        for (String name : List.of("floor", "ceil", "sqrt")) {
            add(name, "<n-:n>", name, null);
        }
        add("power", "<n-n:n>", "power", null);
        add("formatBase", "<n-n?:s>", "formatBase", null);
        add("boolean", "<x-:b>", "toBoolean", null);
        add("not", "<x-:b>", "not", null);
        add("exists", "<x:b>", "exists", null);
        add("type", "<x:s>", "type", null);
        add("keys", "<x-:a<s>>", "keys", null);
        add("merge", "<a<o>:o>", "merge", null);
        add("reverse", "<a:a>", "reverse", null);
        add("map", "<af>", "map", null);
        add("filter", "<af>", "filter", null);
        add("each", "<o-f:a>", "each", null);
        add("sift", "<o-f?:o>", "sift", null);
        add("single", "<af?>", "single", (meter, given) -> Functions.single(given.list(0), given.get(1)));
        add(
                "reduce",
                "<afj?:j>",
                "foldLeft",
                (meter, given) -> Functions.foldLeft(given.list(0), given.get(1), given.get(2)));
        add("error", "<s?:x>", "error", null);
        add("assert", "<bs?:x>", "assertFn", null);
        for (String name : Compiler.refused()) {
            add(name, "<x?:x>", "exists", (meter, given) -> {
                throw Failure.of("$" + name + " is not available");
            });
        }
    }

    private Builtins() {}

    /** Takes one more. */
    interface Adding {
        void add(String name, String signature, String method, Builtin.@Nullable Body body);
    }

    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    static Jsonata addTo(Jsonata parsed) {
        ALL.forEach(parsed::registerFunction);
        return parsed;
    }

    private static void add(String name, String signature, String method, Builtin.@Nullable Body body) {
        ALL.put(name, new Builtin(name, signature, method, body));
    }
}
