package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.yaml.expression.ExpressionSyntaxException;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.expression.Templates;
import dev.agentrunner.yaml.expression.TextTemplate;
import dev.agentrunner.yaml.expression.TextTemplate.Embedded;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads values that may hold expressions, and looks at what those read. */
final class TemplateReader {

    /** Where nothing better is known after a problem. */
    static final Template NOTHING = Templates.constant(TextNode.valueOf(""));

    private static final TextTemplate EMPTY = TextTemplate.compile("");
    private static final int MOST_EXPRESSIONS = 1_000;

    private final Problems problems;
    private final References references;
    /** By place, as aliases bring the same text again and again. */
    private final IdentityHashMap<Scalar, TextTemplate> compiled = new IdentityHashMap<>();

    private int expressions;

    TemplateReader(Problems problems, References references) {
        this.problems = problems;
        this.references = references;
    }

    /** Any JSON value. */
    Template any(Value value, Scope scope) {
        return template(value, scope, scalar -> Templates.constant(scalar.json()));
    }

    /** A text, in which expressions may stand. */
    Template text(Value value, String what, Scope scope) {
        if (value instanceof Scalar scalar && scalar.isText()) {
            return compile(scalar, scope);
        }
        problems.add(value, what + " is a text, not " + value.kind() + "; put it into quotes, or below a |");
        return NOTHING;
    }

    /** A list or mapping of texts, or an expression that gives one; what has no quotes is taken as it is written. */
    Template texts(Value value, Class<? extends Value> type, String what, Scope scope) {
        if (isExpression(value)) {
            return any(value, scope);
        }
        if (!type.isInstance(value)) {
            problems.add(value, what + ", or one expression in quotes, not " + value.kind());
            return NOTHING;
        }
        for (Value item : items(value)) {
            if (!(item instanceof Scalar scalar) || scalar.json().isNull()) {
                problems.add(item, what + "; each is a text, not " + item.kind());
            }
        }
        return template(value, scope, scalar -> Templates.constant(TextNode.valueOf(scalar.written())));
    }

    private static Iterable<Value> items(Value value) {
        if (value instanceof Mapping mapping) {
            return mapping.entries().values().stream().map(Mapping.Entry::value).toList();
        }
        return value instanceof Sequence sequence ? sequence.items() : List.of();
    }

    /** Whether it is one expression and nothing else. What is wrong in it is found when it is read. */
    boolean isExpression(Value value) {
        if (value instanceof Scalar scalar
                && scalar.isText()
                && scalar.written().startsWith("{{")) {
            try {
                return compiled(scalar).isOneExpression();
            } catch (ExpressionSyntaxException e) {
                return true;
            }
        }
        return false;
    }

    static boolean hasExpression(Value value) {
        return value instanceof Scalar scalar
                && scalar.isText()
                && scalar.written().contains("{{");
    }

    private Template template(Value value, Scope scope, Function<Scalar, Template> other) {
        if (value instanceof Scalar scalar) {
            return scalar.isText() ? compile(scalar, scope) : other.apply(scalar);
        }
        if (value instanceof Sequence sequence) {
            List<Template> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(template(item, scope, other)));
            return Templates.list(items);
        }
        Map<String, Template> fields = new LinkedHashMap<>();
        ((Mapping) value).entries().forEach((key, entry) -> {
            if (key.contains("{{")) {
                problems.add(entry.offset(), "a key holds no expressions; build the object in one: \"{{ {…} }}\"");
            }
            fields.put(key, template(entry.value(), scope, other));
        });
        return Templates.object(fields);
    }

    private Template compile(Scalar scalar, Scope scope) {
        try {
            TextTemplate template = compiled(scalar);
            template.expressions().forEach(embedded -> check(scalar, embedded, scope));
            return template;
        } catch (ExpressionSyntaxException e) {
            problems.add(scalar, e.position(), "this is no expression: " + e.getMessage());
            return NOTHING;
        }
    }

    private TextTemplate compiled(Scalar scalar) {
        TextTemplate known = compiled.get(scalar);
        if (known != null) {
            return known;
        }
        if (expressions > MOST_EXPRESSIONS) {
            return EMPTY;
        }
        TextTemplate template = TextTemplate.compile(scalar.written());
        compiled.put(scalar, template);
        expressions += template.expressions().size();
        if (expressions > MOST_EXPRESSIONS) {
            problems.add(
                    scalar, "a file has at most " + MOST_EXPRESSIONS + " expressions; make several workflows of it");
        }
        return template;
    }

    private void check(Scalar scalar, Embedded embedded, Scope scope) {
        for (List<String> path : problems.isFull()
                ? Set.<List<String>>of()
                : embedded.expression().references()) {
            String complaint = references.complaint(path, scope);
            if (complaint != null) {
                problems.add(scalar, index(scalar.written(), embedded, path), complaint);
            }
        }
    }

    /** Where an expression reads the path, as far as it can be found; else where it begins. */
    private static int index(String text, Embedded embedded, List<String> path) {
        String source = text.substring(embedded.source(), embedded.end() - 2);
        int found = source.indexOf(String.join(".", path.subList(0, Math.min(2, path.size()))));
        if (found < 0) {
            found = source.indexOf(path.get(0));
        }
        return embedded.source()
                + (found < 0 ? source.length() - source.stripLeading().length() : found);
    }
}
