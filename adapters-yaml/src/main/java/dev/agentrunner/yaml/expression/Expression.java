package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A JSONata expression, bounded in time, depth and size. Immutable; thread-safe.
 *
 * <p>The same scope always gives the same value: functions that read the clock, roll dice or evaluate a text as an
 * expression do not compile. Numbers that an expression only passes on stay what they are, of any size; arithmetic is
 * that of JSONata, with doubles.
 */
public final class Expression {

    private final String source;
    private final Program program;

    private Expression(String source, Program program) {
        this.source = source;
        this.program = program;
    }

    /**
     * Reads a source.
     *
     * @param source at most 16 KiB, without the braces around it
     * @throws ExpressionSyntaxException if it is no expression, is nested too deeply, or uses what is not allowed
     */
    public static Expression compile(String source) {
        return new Expression(source, Compiler.compile(source));
    }

    /**
     * Evaluates within 1 s, 200 levels and 16 MiB, counted as one byte for each character and 16 for each value. The
     * time begins when a thread is free for it.
     *
     * @param scope an object; its fields are the names that the expression sees. It is not changed.
     * @return null as JSON for a missing value, too; it may share parts with the scope
     * @throws ExpressionException if there is no value, or the value is a function
     */
    public JsonNode evaluate(JsonNode scope) {
        try {
            return program.run(scope);
        } catch (Failure e) {
            throw new ExpressionException(
                    e.isLimit() ? "expression_limit" : "expression_failed",
                    "{{ " + Failure.shortened(source) + " }} gave no value: " + e.getMessage());
        }
    }

    /**
     * Paths that the expression may read from the scope, such as {@code [steps, draft, text]}, as far as their names are
     * written in it. A path ends where something else than a name follows: {@code $lookup(steps, 'x')} and {@code
     * steps.*} give {@code [steps]}. Names that are relative to something else than the scope, as in a filter, are left
     * out, and so is whatever reads the scope as a whole.
     */
    public Set<List<String>> references() {
        return program.references();
    }

    @Override
    public String toString() {
        return source;
    }
}
