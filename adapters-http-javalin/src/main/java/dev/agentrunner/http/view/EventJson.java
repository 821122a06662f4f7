package dev.agentrunner.http.view;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.StepId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * An event as it goes over the wire: {@code id, run_id, seq, type, step_id?, payload, actor, created_at}.
 *
 * <p>The payload's text is passed on as it was stored, white space and all; what writes lines must expect line breaks in it.
 */
public final class EventJson {

    /** RFC 3339 in UTC, always with milliseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private EventJson() {}

    public static String of(Event event) {
        StringBuilder out = new StringBuilder(220 + event.payload().text().length());
        out.append("{\"id\":").append(event.id());
        text(out.append(",\"run_id\":"), event.run().toString());
        out.append(",\"seq\":").append(event.seq());
        text(out.append(",\"type\":"), event.type().name());
        StepId step = event.step();
        if (step != null) {
            text(out.append(",\"step_id\":"), step.value());
        }
        out.append(",\"payload\":").append(event.payload().text());
        text(out.append(",\"actor\":"), event.actor().value());
        text(out.append(",\"created_at\":"), TIME.format(event.createdAt()));
        return out.append('}').toString();
    }

    private static void text(StringBuilder out, String value) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, out);
        out.append('"');
    }
}
