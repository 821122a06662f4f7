package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.spi.llm.ToolSpec;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.yaml.definition.Action.Llm;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.schema.SchemaCheck;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code llm}. */
final class LlmReader {

    private static final Set<String> EFFORTS = Set.of("low", "medium", "high", "max");
    private static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Problems problems;
    private final TemplateReader templates;
    private final SchemaCheck schemas;
    private final ModelReader models;

    LlmReader(Reading reading) {
        this.problems = reading.problems();
        this.templates = reading.templates();
        this.schemas = reading.schemas();
        this.models = new ModelReader(problems, reading.environment());
    }

    Llm read(Value value, Scope scope, @Nullable String defaultModel) {
        Keys keys = Keys.of(value, "llm", problems);
        String model = models.model(keys);
        List<String> fallbacks = models.fallbacks(keys);
        Value system = keys.take("system");
        Template systemText = system == null ? null : templates.text(system, "system", scope);
        Value prompt = keys.require("prompt");
        Template promptText = prompt == null ? TemplateReader.NOTHING : templates.text(prompt, "prompt", scope);
        Llm.Wishes wishes = new Llm.Wishes(format(keys), options(keys), thinking(keys), tools(keys));
        keys.end();
        return new Llm(model == null ? defaultModel : model, fallbacks, systemText, promptText, wishes);
    }

    private @Nullable JsonNode format(Keys keys) {
        Value value = keys.take("format");
        if (value == null) {
            return null;
        }
        return schema(value, "format");
    }

    private JsonNode schema(Value value, String what) {
        if (value instanceof Mapping mapping) {
            schemas.check(mapping);
            return mapping.json();
        }
        problems.add(value, what + " is a JSON Schema, a mapping, not " + value.kind());
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode options(Keys keys) {
        Value value = keys.take("options");
        if (value instanceof Mapping mapping) {
            refuseExpressions(mapping);
            return mapping.json();
        }
        if (value != null) {
            problems.add(value, "options is a mapping, not " + value.kind() + "; its keys are the provider's own");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void refuseExpressions(Value value) {
        if (TemplateReader.hasExpression(value)) {
            problems.add(value, "options hold no expressions; write the value itself");
        } else if (value instanceof Sequence list) {
            list.items().forEach(this::refuseExpressions);
        } else if (value instanceof Mapping mapping) {
            mapping.entries().values().forEach(entry -> refuseExpressions(entry.value()));
        }
    }

    private @Nullable String thinking(Keys keys) {
        Value value = keys.take("thinking");
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar && (scalar.json().isBoolean() || EFFORTS.contains(scalar.written()))) {
            return scalar.json().asText();
        }
        String what = value instanceof Scalar scalar ? Excerpt.quoted(scalar.written()) : value.kind();
        problems.add(value, "thinking is true, false, low, medium, high or max, not " + what);
        return null;
    }

    private List<ToolSpec> tools(Keys keys) {
        Value value = keys.take("tools");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Sequence list)) {
            problems.add(value, "tools is a list, not " + value.kind());
            return List.of();
        }
        List<ToolSpec> tools = new ArrayList<>();
        list.items().forEach(item -> tools.add(tool(item)));
        return tools;
    }

    private ToolSpec tool(Value value) {
        Keys keys = Keys.of(value, "a tool", problems);
        String name = keys.name("name", TOOL, "1 to 64 letters, digits, _ and -");
        String description = keys.text("description");
        Value parameters = keys.take("parameters");
        JsonNode schema = parameters == null
                ? JsonNodeFactory.instance.objectNode().put("type", "object")
                : schema(parameters, "parameters");
        keys.end();
        return new ToolSpec(TOOL.matcher(name).matches() ? name : "x", description, Json.of(schema));
    }
}
