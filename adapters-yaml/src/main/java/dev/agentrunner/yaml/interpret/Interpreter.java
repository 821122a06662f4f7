package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.yaml.definition.Definition;

/**
 * The body of a workflow that a file defines. Expressions that decide which step is next are evaluated between the steps,
 * and again in each replay: but for the environment, they see what is recorded, so they say the same. Those of a step's
 * own content are evaluated in the step, so once.
 */
public final class Interpreter implements Workflow.Body<JsonNode, JsonNode> {

    private final Definition definition;
    private final Host host;
    private final boolean usesWorkspace;

    public Interpreter(Definition definition, Host host) {
        this.definition = definition;
        this.host = host;
        this.usesWorkspace = Uses.of(definition, "workspace");
    }

    @Override
    public JsonNode run(RunContext run, JsonNode input) {
        Scope scope = new Scope(fixed(run, input));
        JsonNode last = new StepList(run, host).execute(definition.steps(), scope);
        JsonNode output = scope.renderIfAny(definition.output());
        return output == null ? last : output;
    }

    private ObjectNode fixed(RunContext run, JsonNode input) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        names.set("input", InputDefaults.applied(definition.inputSchema(), input));
        ObjectNode about = names.putObject("run");
        about.put("id", run.id().toString());
        about.put("name", run.spec().name());
        ObjectNode labels = about.putObject("labels");
        run.spec().labels().forEach(labels::put);
        ObjectNode env = names.putObject("env");
        host.env().forEach(env::put);
        // Only whoever speaks of it pays for looking after it.
        names.set("workspace", usesWorkspace ? workspace(run) : NullNode.getInstance());
        return names;
    }

    private static JsonNode workspace(RunContext run) {
        return JsonNodeFactory.instance.textNode(run.workspace().directory().toString());
    }
}
