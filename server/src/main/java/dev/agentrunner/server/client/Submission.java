package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.QueueSlot;

/** Bodies of the calls that make runs, as the HTTP contract has them. */
final class Submission {

    private Submission() {}

    static ObjectNode body(String workflow, Json input, SubmitOptions options) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("workflow", workflow);
        body.set("input", input.tree());
        if (options.version() != null) {
            body.put("version", options.version());
        }
        if (options.name() != null) {
            body.put("name", options.name());
        }
        options.labels().forEach(body.withObject("/labels")::put);
        QueueSlot slot = options.slot();
        body.put("queue", slot.queue()).put("priority", slot.priority());
        options.models().forEach(body.withObject("/options/models")::put);
        if (options.deadline() != null) {
            body.withObject("/options")
                    .put("deadline_seconds", options.deadline().toSeconds());
        }
        return body;
    }

    static ObjectNode body(ForkOptions options) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (options.fromStep() != null) {
            body.put("from_step", options.fromStep().value());
        }
        if (options.input() != null) {
            body.set("input", options.input().tree());
        }
        if (options.version() != null) {
            body.put("version", options.version());
        }
        return body;
    }
}
