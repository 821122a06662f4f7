package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A text with expressions in it. Immutable; thread-safe. */
public final class TextTemplate implements Template {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    /** In characters. */
    private static final int LONGEST_RESULT = 16 << 20;

    private static final int MOST_EXPRESSIONS = 1_000;

    private final String text;
    private final List<Embedded> expressions;

    /**
     * An expression in a text.
     *
     * @param begin index of the <code>{{</code> in the text
     * @param source index of what is between the braces
     * @param end index after the <code>}}</code>
     */
    public record Embedded(int begin, int source, int end, Expression expression) {}

    private TextTemplate(String text, List<Embedded> expressions) {
        this.text = text;
        this.expressions = List.copyOf(expressions);
    }

    /**
     * Each expression ends at the first <code>}}</code> that is not within a literal or an object of its own, so
     * <code>{{ {"a": {"b": "}}"}} }}</code> is one.
     *
     * @throws ExpressionSyntaxException with a position in the text
     */
    public static TextTemplate compile(String text) {
        List<Embedded> found = new ArrayList<>();
        int begin = text.indexOf(OPEN);
        while (begin >= 0) {
            if (found.size() == MOST_EXPRESSIONS) {
                throw new ExpressionSyntaxException(
                        "a text has at most " + MOST_EXPRESSIONS + " expressions; let one of them do the work of many",
                        begin);
            }
            int source = begin + OPEN.length();
            int close = new ExpressionScan(text, source).close();
            if (close < 0) {
                throw new ExpressionSyntaxException(
                        "an expression begins here and is not closed; end it with }}, and look at its quotes and braces",
                        begin);
            }
            found.add(new Embedded(
                    begin, source, close + CLOSE.length(), expression(text.substring(source, close), source)));
            begin = text.indexOf(OPEN, close + CLOSE.length());
        }
        return new TextTemplate(text, found);
    }

    private static Expression expression(String source, int at) {
        if (source.isBlank()) {
            throw new ExpressionSyntaxException("there is nothing between {{ and }}; write an expression", at);
        }
        try {
            return Expression.compile(source);
        } catch (ExpressionSyntaxException e) {
            throw new ExpressionSyntaxException(String.valueOf(e.getMessage()), at + e.position());
        }
    }

    /** In the order of the text. */
    public List<Embedded> expressions() {
        return expressions;
    }

    /** Whether it is one expression and nothing else, so that it can give any type. */
    public boolean isOneExpression() {
        return expressions.size() == 1
                && expressions.get(0).begin() == 0
                && expressions.get(0).end() == text.length();
    }

    @Override
    public JsonNode render(JsonNode scope) {
        if (isOneExpression()) {
            return expressions.get(0).expression().evaluate(scope);
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Embedded embedded : expressions) {
            out.append(text, at, embedded.begin());
            append(out, embedded.expression().evaluate(scope));
            at = embedded.end();
        }
        return TextNode.valueOf(out.append(text, at, text.length()).toString());
    }

    private static void append(StringBuilder out, JsonNode value) {
        if (!value.isNull() && !value.isMissingNode()) {
            String part = value.isTextual() ? value.textValue() : value.toString();
            if (part.length() > LONGEST_RESULT - out.length()) {
                throw new ExpressionException(
                        "expression_limit",
                        "A text with expressions grew past " + LONGEST_RESULT + " characters; put less into it");
            }
            out.append(part);
        }
    }

    @Override
    public Set<List<String>> references() {
        Set<List<String>> all = new LinkedHashSet<>();
        expressions.forEach(embedded -> all.addAll(embedded.expression().references()));
        return all;
    }
}
