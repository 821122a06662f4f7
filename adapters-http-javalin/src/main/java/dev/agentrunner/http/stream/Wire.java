package dev.agentrunner.http.stream;

import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunStatus;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the format of server-sent events (WHATWG HTML, 9.2). Whatever is sent is one line: a line break in JSON can only
 * be white space, as strings escape theirs. Belongs to the client's thread.
 */
final class Wire {

    private static final String KEEP_ALIVE = ":\n";

    private final OutputStream out;
    private boolean halfKeptAlive;

    Wire(OutputStream out) {
        this.out = new BufferedOutputStream(out, 8 << 10);
    }

    void begin() throws IOException {
        write("retry: 2000\n\n");
    }

    void event(long id, Event event) throws IOException {
        out.write(frame(id, event));
    }

    void frame(EventFrame frame) throws IOException {
        out.write(frame.bytes());
    }

    static byte[] frame(long id, Event event) {
        return ("id: " + id + "\ndata: " + oneLine(EventJson.of(event)) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    void live(LiveMessage message) throws IOException {
        named(message.name(), message.json());
    }

    void end(RunStatus status) throws IOException {
        named("end", "{\"status\":\"" + status + "\"}");
    }

    void overflow() throws IOException {
        named("overflow", "{\"reason\":\"This client reads too slowly; connect again to go on\"}");
    }

    /**
     * Writes one half of a comment and its line break. The first half of a write that nobody is there to read succeeds;
     * the answer of the network to it lets the second one fail.
     *
     * @return whether the other half is still to be written
     */
    boolean keepAlive() throws IOException {
        write(halfKeptAlive ? "\n" : KEEP_ALIVE);
        halfKeptAlive = !halfKeptAlive;
        return halfKeptAlive;
    }

    void flush() throws IOException {
        out.flush();
    }

    private void named(String name, String json) throws IOException {
        write("event: " + name + "\ndata: " + oneLine(json) + "\n\n");
    }

    private void write(String frame) throws IOException {
        out.write(frame.getBytes(StandardCharsets.UTF_8));
    }

    private static String oneLine(String json) {
        boolean isOne = json.indexOf('\n') < 0 && json.indexOf('\r') < 0;
        return isOne ? json : json.replace('\n', ' ').replace('\r', ' ');
    }
}
