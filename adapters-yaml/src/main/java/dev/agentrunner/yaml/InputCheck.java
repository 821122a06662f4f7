package dev.agentrunner.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.InvalidInputException;
import dev.agentrunner.workflow.InvalidInputException.Problem;
import dev.agentrunner.yaml.schema.JsonSchema;
import java.util.List;

/** Holds inputs to the schema of a workflow. Thread-safe. */
final class InputCheck {

    private final String workflow;
    private final JsonSchema schema;

    InputCheck(String workflow, JsonNode schema) {
        this.workflow = workflow;
        this.schema = JsonSchema.of(schema);
    }

    void check(Json input) {
        List<Problem> problems = schema.violations(input.tree()).stream()
                .map(each -> new Problem(pointer(each.path()), each.message()))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(workflow, problems);
        }
    }

    private static String pointer(List<Object> path) {
        StringBuilder pointer = new StringBuilder();
        for (Object each : path) {
            pointer.append('/').append(each.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
