package dev.agentrunner.server.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (the WHATWG's format {@code text/event-stream}). Not thread-safe. */
final class EventStream {

    private final BufferedReader lines;

    EventStream(InputStream bytes) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * One message.
     *
     * @param id empty if it has none
     * @param name {@code message} if it has none
     */
    record Message(String id, String name, String data) {}

    /** The next message; null when the stream is over. A message that is cut off does not count. */
    @Nullable Message next() throws IOException {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Message(id, name, data.toString());
                }
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> id = value;
                case "event" -> {
                    name = value;
                    any = true;
                }
                case "data" -> {
                    data.append(data.isEmpty() ? "" : "\n").append(value);
                    any = true;
                }
                default -> {
                    // comments and what is not for us, such as retry
                }
            }
        }
        return null;
    }
}
