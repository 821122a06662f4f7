package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.yaml.expression.Template;
import org.jspecify.annotations.Nullable;

/** The names that expressions see in one list of steps. Belongs to the thread that executes the list. */
final class Scope {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode names;
    private final ObjectNode steps;

    /** @param fixed names that are the same everywhere in the run */
    Scope(ObjectNode fixed) {
        this(copy(fixed), JSON.objectNode());
    }

    private Scope(ObjectNode names, ObjectNode steps) {
        this.names = names;
        this.steps = steps;
        this.names.set("steps", steps);
    }

    /** What a list inside sees: all that is seen here so far, and what happens there stays there. */
    Scope inner() {
        return new Scope(copy(names), copy(steps));
    }

    private static ObjectNode copy(ObjectNode of) {
        ObjectNode copy = JSON.objectNode();
        copy.setAll(of);
        return copy;
    }

    /** As {@link #inner()}, with one more name. */
    Scope with(String name, JsonNode value) {
        Scope inner = inner();
        inner.names.set(name, value);
        return inner;
    }

    void done(String step, JsonNode result) {
        steps.set(step, result);
    }

    JsonNode render(Template template) {
        return template.render(names);
    }

    /** Null if there is no template. */
    @Nullable JsonNode renderIfAny(@Nullable Template template) {
        return template == null ? null : render(template);
    }

    /** What a template gives, as a text. */
    String text(Template template) {
        return Texts.of(render(template));
    }
}
