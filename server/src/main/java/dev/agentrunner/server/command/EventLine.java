package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.terminal.Printable;
import dev.agentrunner.server.terminal.Style;
import dev.agentrunner.server.terminal.Terminal;
import java.util.Locale;
import java.util.Map;

/**
 * Writes events as lines.
 *
 * @param terminal whose colours are used
 */
record EventLine(Terminal terminal, Shows shows) {

    private static final int LONGEST_TYPE = 20;
    private static final int MOST_DETAIL = 200;

    /** What of an event's payload says most. */
    private static final Map<String, String> TELLING = Map.ofEntries(
            Map.entry("RUN_QUEUED", "workflow"),
            Map.entry("RUN_STARTED", "node"),
            Map.entry("RUN_RECOVERED", "node"),
            Map.entry("RUN_SUSPENDED", "waiting"),
            Map.entry("RUN_WOKEN", "cause"),
            Map.entry("RUN_PAUSE_REQUESTED", "reason"),
            Map.entry("RUN_CANCEL_REQUESTED", "reason"),
            Map.entry("RUN_SIGNALED", "name"),
            Map.entry("RUN_COMPLETED", "output"),
            Map.entry("RUN_CANCELED", "reason"),
            Map.entry("STEP_CANCELED", "reason"),
            Map.entry("STEP_SKIPPED", "reason"),
            Map.entry("LLM_STARTED", "model"),
            Map.entry("LLM_HEARTBEAT", "phase"),
            Map.entry("LLM_COMPLETED", "usage"),
            Map.entry("ARTIFACT_CREATED", "name"),
            Map.entry("WORKSPACE_CHANGED", "added"),
            Map.entry("LOG", "message"));

    String of(JsonNode event) {
        String type = event.path("type").asText();
        String step = event.path("step_id").asText();
        String padded = String.format(Locale.ROOT, "%-" + LONGEST_TYPE + "s", Printable.line(type));
        String head = String.format(
                Locale.ROOT, "%4d  %s", event.path("seq").asLong(), shows.moment(event.path("created_at")));
        String tail = Printable.line(step)
                + (step.isEmpty() ? "" : "  ")
                + Printable.atMost(MOST_DETAIL, Printable.line(detail(type, event.path("payload"))));
        return (terminal.styled(Style.DIM, head) + "  " + terminal.styled(style(type), padded) + " " + tail)
                .stripTrailing();
    }

    private static Style style(String type) {
        if (type.endsWith("FAILED")) {
            return Style.BAD;
        }
        if (type.endsWith("COMPLETED")) {
            return Style.GOOD;
        }
        if (type.contains("SUSPENDED") || type.contains("REQUESTED")) {
            return Style.WAITING;
        }
        return type.startsWith("LLM_") ? Style.BUSY : Style.PLAIN;
    }

    private static String detail(String type, JsonNode payload) {
        if (payload.has("failure")) {
            return payload.path("failure").path("message").asText();
        }
        if (type.startsWith("x.")) {
            return payload.toString();
        }
        if (type.equals("STEP_STARTED") && payload.path("attempt").asInt() > 1) {
            return "attempt " + payload.path("attempt").asInt();
        }
        String telling = TELLING.get(type);
        return telling == null ? "" : Shows.value(payload.path(telling));
    }
}
