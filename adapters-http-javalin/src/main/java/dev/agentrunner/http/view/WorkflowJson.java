package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.workflow.OutlineStep;
import java.util.List;

/** Workflows. */
public final class WorkflowJson {

    private WorkflowJson() {}

    /** What a list says of one. */
    public static ObjectNode brief(WorkflowInfo workflow) {
        return Shown.object()
                .put("name", workflow.ref().name())
                .put("version", workflow.ref().version())
                .put("description", workflow.description())
                .put("source", workflow.source());
    }

    public static ObjectNode of(WorkflowInfo workflow) {
        ObjectNode json = brief(workflow);
        json.set("input_schema", Shown.tree(workflow.inputSchema()));
        outline(json.putArray("steps"), workflow.steps());
        workflow.versions().forEach(json.putArray("versions")::add);
        Shown.put(json, "definition", workflow.definition());
        return json;
    }

    private static void outline(ArrayNode into, List<OutlineStep> steps) {
        for (OutlineStep step : steps) {
            ObjectNode json = into.addObject()
                    .put("name", step.name())
                    .put("kind", step.kind())
                    .put("description", step.description());
            outline(json.putArray("steps"), step.steps());
        }
    }
}
