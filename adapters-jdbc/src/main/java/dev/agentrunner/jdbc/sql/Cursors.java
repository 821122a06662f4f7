package dev.agentrunner.jdbc.sql;

import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes page cursors that say nothing to a reader, and reads them back. */
public final class Cursors {

    private static final String PREFIX = "run:";

    private Cursors() {}

    /** Continues after this run. */
    public static String after(RunId run) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((PREFIX + run).getBytes(StandardCharsets.UTF_8));
    }

    public static RunId run(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(PREFIX)) {
                RunId run = RunId.parse(text.substring(PREFIX.length()));
                if (after(run).equals(cursor)) {
                    return run;
                }
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for every other text that is no cursor.
        }
        throw new InvalidCursorException(cursor);
    }
}
