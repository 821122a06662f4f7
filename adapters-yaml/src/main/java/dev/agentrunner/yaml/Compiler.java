package dev.agentrunner.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.About;
import dev.agentrunner.workflow.About.Declared;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.yaml.definition.Definition;
import dev.agentrunner.yaml.definition.Definition.Heading;
import dev.agentrunner.yaml.definition.DefinitionReader;
import dev.agentrunner.yaml.definition.Environment;
import dev.agentrunner.yaml.interpret.Host;
import dev.agentrunner.yaml.interpret.Interpreter;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes workflows of definitions. Immutable. */
final class Compiler {

    static final String FORMAT = "yaml";

    private final Set<String> readable;
    private final Host host;

    /**
     * @param readable names of variables that expressions may read
     * @param env their values
     * @param models by the names of steps
     */
    Compiler(Set<String> readable, Map<String, String> env, Map<String, String> models) {
        this.readable = Set.copyOf(readable);
        this.host = new Host(env, models);
    }

    /** For files: what they refer to must be there. */
    DefinitionReader strict(Set<String> providers) {
        return new DefinitionReader(new Allowed(Optional.of(providers), readable));
    }

    Workflow<JsonNode, JsonNode> workflow(Definition definition) {
        Heading heading = definition.heading();
        About about = About.NOTHING
                .description(heading.description())
                .inputs(new About.Inputs(
                        new Json(definition.inputSchema().toString()),
                        new InputCheck(heading.name(), definition.inputSchema())::check))
                .outline(Outline.of(definition.steps()))
                .workspace(definition.workspace())
                .declared(new Declared(FORMAT, definition.text(), reader()));
        return Workflow.named(heading.name(), heading.version())
                .about(about)
                .input(JsonNode.class)
                .output(JsonNode.class)
                .body(new Interpreter(definition, host));
    }

    /** For texts that runs have kept: they were checked when the runs began, and must be read whatever is there now. */
    Declared.Reader reader() {
        DefinitionReader lenient = new DefinitionReader(new Environment() {
            @Override
            public Optional<Set<String>> providers() {
                return Optional.empty();
            }

            @Override
            public boolean allowsEnv(String name) {
                return true;
            }
        });
        return text -> workflow(read(lenient, text));
    }

    private static Definition read(DefinitionReader reader, String text) {
        if (text.stripLeading().startsWith("{")) {
            try {
                return reader.read("workflow.json", text);
            } catch (WorkflowFileException e) {
                // A flow mapping of YAML begins like JSON.
                return reader.read("workflow.yaml", text);
            }
        }
        return reader.read("workflow.yaml", text);
    }

    private record Allowed(Optional<Set<String>> providers, Set<String> readable) implements Environment {
        @Override
        public boolean allowsEnv(String name) {
            return readable.contains(name);
        }
    }
}
