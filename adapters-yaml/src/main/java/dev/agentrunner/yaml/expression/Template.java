package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A JSON value in which texts may hold expressions. A text that is exactly one <code>{{ expression }}</code> becomes the
 * expression's value; in any other, each is replaced by its value as text (texts as they are, anything else as JSON, and
 * nothing at all for null or a missing value). Immutable; thread-safe.
 */
public interface Template {

    /**
     * Puts the values of the expressions in.
     *
     * @param scope an object whose fields are the names that expressions see
     * @throws ExpressionException if an expression fails or passes a limit
     */
    JsonNode render(JsonNode scope);

    /** Paths that its expressions read from the scope, as far as they can be told. */
    default Set<List<String>> references() {
        return Set.of();
    }
}
