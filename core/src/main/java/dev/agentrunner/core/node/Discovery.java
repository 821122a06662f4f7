package dev.agentrunner.core.node;

import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.core.codec.JsonCodec;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.About;
import dev.agentrunner.workflow.About.Declared;
import dev.agentrunner.workflow.Workflow;
import java.util.List;

/** Tells which workflows a node offers. */
public record Discovery(Registry registry, JsonCodec codec) {

    /** All versions of all workflows that take new runs, by name; of one name, the newest is last. */
    public List<WorkflowInfo> workflows() {
        return registry.byName().values().stream()
                .flatMap(versions -> versions.stream().map(each -> info(each, versions)))
                .toList();
    }

    private WorkflowInfo info(Workflow<?, ?> workflow, List<Workflow<?, ?>> versions) {
        About about = workflow.about();
        Declared declared = about.declared();
        Json schema = about.inputs().schema();
        return new WorkflowInfo(
                workflow.ref(),
                about.description(),
                declared == null ? "code" : declared.format(),
                schema == null ? codec.schema(workflow.input()) : schema,
                about.outline(),
                versions.stream().map(each -> each.ref().version()).toList(),
                declared == null ? null : declared.text());
    }
}
