package dev.agentrunner.client;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.workflow.OutlineStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow is, for whoever chooses one.
 *
 * @param source {@code code}, or the format of its text, such as {@code yaml}
 * @param inputSchema a JSON Schema of draft 2020-12
 * @param steps its outline; empty if it is not known beforehand
 * @param versions of the same name that take new runs, the newest last
 * @param definition the text that declares it; null for code
 */
public record WorkflowInfo(
        WorkflowRef ref,
        String description,
        String source,
        Json inputSchema,
        List<OutlineStep> steps,
        List<String> versions,
        @Nullable String definition) {

    public WorkflowInfo {
        steps = List.copyOf(steps);
        versions = List.copyOf(versions);
    }
}
