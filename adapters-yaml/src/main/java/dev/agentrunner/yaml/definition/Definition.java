package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.yaml.expression.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as a file defines it. Immutable.
 *
 * @param inputSchema a JSON Schema of draft 2020-12 for the input, an object
 * @param output null: the result of the last step
 * @param text the file's text as it is
 */
public record Definition(
        Heading heading,
        JsonNode inputSchema,
        WorkspacePolicy workspace,
        List<StepDefinition> steps,
        @Nullable Template output,
        String text) {

    public Definition {
        steps = List.copyOf(steps);
    }

    /** Who it is. */
    public record Heading(String name, String version, String description) {}
}
