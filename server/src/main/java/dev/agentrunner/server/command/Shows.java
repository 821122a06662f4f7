package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Parts of documents for people.
 *
 * @param zone in which they read times
 */
record Shows(ZoneId zone) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** A date and a time; empty if there is none. */
    String time(JsonNode at) {
        return at.isTextual() ? DAY.format(Instant.parse(at.asText()).atZone(zone)) : "";
    }

    /** A time within a day, to the millisecond. */
    String moment(JsonNode at) {
        return at.isTextual() ? MOMENT.format(Instant.parse(at.asText()).atZone(zone)) : "";
    }

    /** How long something took; empty while it has not ended. */
    String took(JsonNode thing) {
        JsonNode started = thing.path("started_at");
        JsonNode finished = thing.path("finished_at");
        return started.isTextual() && finished.isTextual()
                ? Spans.of(Duration.between(Instant.parse(started.asText()), Instant.parse(finished.asText())))
                : "";
    }

    /** A run's status, or what it waits for. */
    Cell status(JsonNode run) {
        String waiting = run.path("waiting").asText();
        String status = run.path("status").asText();
        if (!waiting.isEmpty()) {
            return Cell.status(waiting);
        }
        return Cell.status(status);
    }

    /** A value as people like to read it: texts as they are, the rest as JSON. */
    static String value(JsonNode value) {
        return value.isTextual() ? value.asText() : value.isMissingNode() ? "" : value.toString();
    }

    /** Tokens and costs; empty if nothing was spent. */
    static String spent(JsonNode usage) {
        long in = usage.path("input_tokens").asLong();
        long out = usage.path("output_tokens").asLong();
        String cost =
                usage.hasNonNull("cost_usd") ? ", $" + usage.path("cost_usd").asText() : "";
        return in + out == 0 ? "" : in + " + " + out + " tokens" + cost;
    }
}
