package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.terminal.Printable;
import dev.agentrunner.server.terminal.Style;

/** What is said of a run in a sentence. */
final class Sentences {

    private Sentences() {}

    /** How it ended. */
    static String ended(Session session, JsonNode run) {
        String status = run.path("status").asText();
        String took = new Shows(session.zone()).took(run);
        return "Run " + run.path("id").asText() + " "
                + session.terminal().styled(Style.of(status), status)
                + (took.isEmpty() ? "" : " in " + took)
                + why(run);
    }

    /** How it stands, after a command. */
    static String stands(Session session, JsonNode run) {
        String status = run.path("status").asText();
        String waiting = run.path("waiting").asText();
        return "Run " + run.path("id").asText() + " is "
                + session.terminal().styled(Style.of(status), status)
                + (waiting.isEmpty() ? "" : ", waiting: " + waiting)
                + (run.path("cancel_requested").asBoolean() && !status.equals("CANCELED") ? ", asked to cancel" : "")
                + (run.path("pause_requested").asBoolean() && waiting.isEmpty() ? ", asked to pause" : "")
                + why(run);
    }

    private static String why(JsonNode run) {
        String failure = run.path("failure").path("message").asText();
        String reason = run.path("cancel_reason").asText();
        return failure.isEmpty() && reason.isEmpty() ? "" : ": " + Printable.line(failure + reason);
    }
}
