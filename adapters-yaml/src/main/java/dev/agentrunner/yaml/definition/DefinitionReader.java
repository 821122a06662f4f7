package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.yaml.definition.Definition.Heading;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import dev.agentrunner.yaml.schema.SchemaCheck;
import dev.agentrunner.yaml.source.Documents;
import dev.agentrunner.yaml.source.Documents.Document;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads workflow files. Immutable; thread-safe if the environment is. */
public final class DefinitionReader {

    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,199}");
    static final String NAME_RULE = "1 to 200 lower-case letters, digits and -, not beginning with -";
    private static final Pattern VERSION = Pattern.compile("[^\\p{Cntrl}]{0,99}[^\\p{Cntrl}\\s]");

    private final Environment environment;

    public DefinitionReader(Environment environment) {
        this.environment = environment;
    }

    /**
     * Reads a file and checks all that can be checked without other files; see {@link Links} for the rest.
     *
     * @param fileName for messages; what ends with {@code .json} is read as JSON, anything else as YAML 1.2
     * @throws WorkflowFileException with all problems that were found
     */
    public Definition read(String fileName, String text) {
        Document document = Documents.read(fileName, text);
        Problems problems = document.problems();
        Keys keys = Keys.of(document.root(), "a workflow", problems);
        Heading heading = new Heading(
                keys.name("name", NAME, NAME_RULE),
                keys.name("version", VERSION, "1 to 100 characters in one line"),
                keys.text("description"));
        SchemaCheck schemas = new SchemaCheck(problems);
        JsonNode inputSchema = inputSchema(keys, schemas, problems);
        TemplateReader templates = new TemplateReader(problems, new References(environment, inputSchema));
        Reading reading = new Reading(problems, environment, templates, schemas);
        Inherited defaults = defaults(keys, reading);
        WorkspacePolicy workspace = workspace(keys, problems);
        Scope scope = Scope.ofWorkflow();
        Value steps = keys.require("steps");
        List<StepDefinition> read =
                steps == null ? List.of() : new StepsReader(reading).steps(steps, "steps", scope, defaults);
        Value output = keys.take("output");
        Template result = output == null ? null : templates.any(output, scope);
        keys.end();
        problems.check();
        return new Definition(heading, inputSchema, workspace, read, result, text);
    }

    private static JsonNode inputSchema(Keys keys, SchemaCheck schemas, Problems problems) {
        Value value = keys.take("input");
        if (!(value instanceof Mapping schema)) {
            if (value != null) {
                problems.add(value, "input is a JSON Schema, a mapping, not " + value.kind());
            }
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }
        schemas.check(schema);
        Value type = schema.get("type");
        if (type != null && !(type instanceof Scalar scalar && scalar.written().equals("object"))) {
            problems.add(type, "a workflow's input is an object; write type: object, and its parts as properties");
        }
        return ((ObjectNode) schema.json()).put("type", "object");
    }

    private static Inherited defaults(Keys top, Reading reading) {
        Value value = top.take("defaults");
        if (value == null) {
            return Inherited.NOTHING;
        }
        Keys keys = Keys.of(value, "defaults", reading.problems());
        Inherited defaults = new Inherited(
                new ModelReader(reading.problems(), reading.environment()).model(keys),
                keys.duration("timeout"),
                new OptionsReader(reading.problems()).retry(keys),
                false);
        keys.end();
        return defaults;
    }

    private static WorkspacePolicy workspace(Keys top, Problems problems) {
        Value value = top.take("workspace");
        if (value == null) {
            return WorkspacePolicy.DEFAULT;
        }
        Keys keys = Keys.of(value, "workspace", problems);
        String name = keys.has("name") ? keys.name("name", Pattern.compile(".*\\S.*"), "not empty, one line") : null;
        WorkspacePolicy policy = name == null ? WorkspacePolicy.DEFAULT : WorkspacePolicy.named(name);
        policy = policy.putBack(keys.flag("put_back", policy.putBack()));
        List<String> ignore = patterns(keys.take("ignore"), problems);
        keys.end();
        return ignore == null ? policy : policy.ignore(ignore);
    }

    private static @Nullable List<String> patterns(@Nullable Value value, Problems problems) {
        if (value == null) {
            return null;
        }
        List<String> patterns = new ArrayList<>();
        if (value instanceof Sequence list) {
            for (Value item : list.items()) {
                if (item instanceof Scalar scalar
                        && scalar.isText()
                        && !scalar.written().isBlank()) {
                    patterns.add(scalar.written());
                } else {
                    problems.add(item, "ignore is a list of patterns such as target/ or '*.class', not " + item.kind());
                }
            }
        } else {
            problems.add(value, "ignore is a list of patterns such as target/ or '*.class', not " + value.kind());
        }
        return patterns;
    }
}
