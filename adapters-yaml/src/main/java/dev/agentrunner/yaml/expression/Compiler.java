package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Makes programs of texts, and refuses what must not be evaluated. */
final class Compiler {

    private static final int LENGTH = 16 << 10;

    /** By these names the evaluator keeps what calls {@link Meter}. */
    private static final String HOOK = "__evaluate_";

    private static final String RECORDED =
            "a replay would get another value: let a step find it out, as its result is recorded";
    private static final Map<String, String> REFUSED = Map.of(
            "eval", "a text is never evaluated: write the expression itself",
            "clone", "values cannot be changed, so use the value itself",
            "now", RECORDED,
            "millis", RECORDED,
            "random", RECORDED,
            "shuffle", RECORDED);

    /** The functions that take a regular expression. */
    private static final Set<String> SEARCHES = Set.of("contains", "match", "replace", "split");

    private final Lexer source;

    private Compiler(Lexer source) {
        this.source = source;
    }

    static Program compile(String source) {
        Compiler compiler = new Compiler(new Lexer(source));
        if (source.length() > LENGTH) {
            throw compiler.source.error("The expression is longer than 16 KiB, which end", LENGTH);
        }
        int hook = source.indexOf(HOOK);
        if (hook >= 0) {
            throw compiler.source.error("The name " + HOOK + " is reserved", hook);
        }
        Node node = Grammar.parse(source);
        compiler.check(node);
        return new Program(compiler.parsed(source), node);
    }

    static Set<String> refused() {
        return REFUSED.keySet();
    }

    private Jsonata parsed(String text) {
        try {
            // its lexer looks behind a comment at the end
            return EvaluationThreads.once(() -> Builtins.addTo(Jsonata.jsonata(text + ' ')));
        } catch (TimeoutException e) {
            throw source.error("The expression is too hard to read", 0);
        } catch (JException e) {
            throw source.error(String.valueOf(e.getMessage()), place(text, e));
        } catch (RuntimeException | Error e) {
            throw source.error("The expression cannot be read: " + Failure.of(e).getMessage(), 0);
        }
    }

    /** The evaluator's parser gives the end of the word in question. */
    private static int place(String text, JException e) {
        Object word = e.getExpected() == null ? e.getCurrent() : e.getExpected();
        int begin = e.getLocation() - String.valueOf(word).length();
        boolean found = word != null && begin >= 0 && text.startsWith(word.toString(), begin);
        return Math.max(0, Math.min(found ? begin : e.getLocation(), text.length()));
    }

    private void check(Node node) {
        String name = node.text();
        switch (node.kind()) {
            case VARIABLE -> {
                if (REFUSED.containsKey(name)) {
                    throw source.error("$" + name + " is not available (" + REFUSED.get(name) + ")", node.position());
                }
            }
            case BIND -> binds(node.parts().get(0));
            case FOCUS -> binds(node.parts().get(1));
            case LAMBDA -> node.parts().subList(0, node.parts().size() - 1).forEach(this::binds);
            case CALL -> {
                checkCall(node);
                return;
            }
            case REGEX ->
                throw source.error(
                        "Only $contains, $match, $replace and $split take a regular expression; found one",
                        node.position());
            default -> {}
        }
        node.parts().forEach(this::check);
    }

    private void checkCall(Node call) {
        Node function = call.parts().get(0);
        check(function);
        boolean searches = function.kind() == Node.Kind.VARIABLE && SEARCHES.contains(function.text());
        for (Node argument : call.parts().subList(1, call.parts().size())) {
            if (!searches || argument.kind() != Node.Kind.REGEX) {
                check(argument);
            } else if (Regexes.isWasteful(argument.text())) {
                throw source.error("A regular expression repeats or branches too much", argument.position());
            }
        }
    }

    private void binds(Node variable) {
        check(variable);
        if (variable.kind() == Node.Kind.VARIABLE && Builtins.has(variable.text())) {
            throw source.error(
                    "$" + variable.text() + " is a function and cannot get another value", variable.position());
        }
    }
}
