package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Recorded values: those in the log, and references to those that are kept with the artifacts. */
final class ValueJson {

    private ValueJson() {}

    /** Copies a value out of an event's payload; of a large one, its size and sum. */
    static void copy(JsonNode payload, String name, ObjectNode json) {
        JsonNode ref = payload.get(name + "_ref");
        if (ref != null) {
            json.putObject(name + "_ref")
                    .put("size", ref.path("size").asLong())
                    .put("sha256", ref.path("sha256").asText());
        } else if (payload.has(name)) {
            json.set(name, payload.get(name));
        }
    }
}
