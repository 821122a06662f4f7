package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what expressions read. Immutable. */
final class References {

    /** The names that every expression sees. */
    static final Set<String> ROOTS = Set.of("input", "steps", "run", "workspace", "env");

    private static final Set<String> OF_RUN = Set.of("id", "name", "labels");

    private final Environment environment;
    private final JsonNode inputSchema;

    References(Environment environment, JsonNode inputSchema) {
        this.environment = environment;
        this.inputSchema = inputSchema;
    }

    /**
     * What is wrong with reading this path; null: nothing.
     *
     * @param path a name that is in scope, then fields
     */
    @Nullable String complaint(List<String> path, Scope scope) {
        if (path.isEmpty() || scope.seesVariable(path.get(0))) {
            return null;
        }
        String root = path.get(0);
        if (!ROOTS.contains(root)) {
            return unknownRoot(root, scope);
        }
        if (path.size() == 1) {
            return null;
        }
        String field = path.get(1);
        return switch (root) {
            case "input" -> ofInput(path.subList(1, path.size()));
            case "steps" -> scope.seesStep(field) ? null : ofSteps(field, scope);
            case "env" -> environment.allowsEnv(field) ? null : ofEnvironment(field);
            case "run" ->
                OF_RUN.contains(field) ? null : "run has no " + Excerpt.quoted(field) + Spelling.hint(field, OF_RUN);
            default -> null;
        };
    }

    private static String unknownRoot(String root, Scope scope) {
        if (scope.seesStep(root)) {
            return "unknown name " + Excerpt.quoted(root) + "; did you mean 'steps." + Excerpt.of(root) + "'?";
        }
        Set<String> names = new LinkedHashSet<>(ROOTS);
        names.addAll(scope.variables());
        return "unknown name " + Excerpt.quoted(root) + Spelling.hint(root, names);
    }

    private static String ofSteps(String step, Scope scope) {
        Set<String> visible = scope.steps();
        String hint = Spelling.hint(step, visible);
        return "no step " + Excerpt.quoted(step) + " can have run before this one"
                + (hint.endsWith("?") ? hint : "; " + Spelling.list("those that can", visible));
    }

    private static String ofEnvironment(String name) {
        return "the environment variable " + Excerpt.quoted(name)
                + " may not be read; the operator allows names by AGENT_RUNNER_WORKFLOW_ENV";
    }

    private @Nullable String ofInput(List<String> fields) {
        JsonNode schema = inputSchema;
        for (String field : fields) {
            JsonNode properties = schema.path("properties");
            boolean closed = schema.path("additionalProperties").isBoolean()
                    && !schema.path("additionalProperties").booleanValue()
                    && !schema.has("patternProperties");
            if (closed && !properties.has(field)) {
                List<String> names = new ArrayList<>();
                properties.fieldNames().forEachRemaining(names::add);
                return "the input has no " + Excerpt.quoted(field) + " and may have no more than its schema lists"
                        + Spelling.hint(field, names);
            }
            schema = properties.path(field);
        }
        return null;
    }
}
