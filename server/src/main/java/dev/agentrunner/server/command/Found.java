package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.NotFoundException;
import dev.agentrunner.server.client.Reads;
import dev.agentrunner.spi.catalog.RunQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what people abbreviate. */
final class Found {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PART = Pattern.compile("[0-9a-f-]{4,35}");

    private Found() {}

    /** The id of a run of which a part was given: four characters or more that only its id has. */
    static String run(Reads reads, String given) {
        String part = given.strip().toLowerCase(Locale.ROOT);
        if (ID.matcher(part).matches()) {
            return part;
        }
        List<String> ids = new ArrayList<>();
        if (PART.matcher(part).matches()) {
            for (JsonNode run : reads.runs(RunQuery.ALL.text(part)).path("items")) {
                String id = run.path("id").asText();
                if (id.contains(part)) {
                    ids.add(id);
                }
            }
        }
        if (ids.size() == 1) {
            return ids.get(0);
        }
        if (ids.isEmpty()) {
            throw new NotFoundException("There is no run '" + given + "'; 'agent-runner ps' lists runs");
        }
        throw new IllegalArgumentException("'" + given + "' is part of the ids of " + ids.size() + " runs, such as "
                + ids.get(0) + " and " + ids.get(1) + "; give more of it");
    }

    /** The artifact with this id, or else the newest with this name. */
    static JsonNode artifact(Reads reads, String run, String given) {
        JsonNode found = null;
        for (JsonNode artifact : reads.artifacts(run).path("items")) {
            if (artifact.path("id").asText().equals(given)) {
                return artifact;
            }
            if (artifact.path("name").asText().equals(given)) {
                found = artifact;
            }
        }
        if (found == null) {
            throw new NotFoundException(
                    "Run " + run + " has no artifact '" + given + "'; 'agent-runner artifacts " + run + "' lists them");
        }
        return found;
    }
}
