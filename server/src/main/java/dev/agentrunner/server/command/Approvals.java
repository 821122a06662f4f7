package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Reads;
import java.util.ArrayList;
import java.util.List;

/** Steps that ask a person. */
final class Approvals {

    private Approvals() {}

    /** Ids of those in a run that nobody has answered. */
    static List<String> open(Reads reads, String run) {
        List<String> open = new ArrayList<>();
        for (JsonNode step : reads.steps(run).path("items")) {
            if (step.path("kind").asText().equals("approval")
                    && !List.of("COMPLETED", "FAILED", "CANCELED", "SKIPPED")
                            .contains(step.path("status").asText())) {
                open.add(step.path("id").asText());
            }
        }
        return open;
    }
}
