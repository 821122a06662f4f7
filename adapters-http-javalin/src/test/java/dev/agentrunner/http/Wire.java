package dev.agentrunner.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which anything can be said. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final int port;

    Wire(int port) throws IOException {
        this.port = port;
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** Says it; {@code PORT} is replaced by the server's. */
    Wire say(String text) throws IOException {
        socket.getOutputStream()
                .write(text.replace("PORT", Integer.toString(port)).getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything until the server closes the connection. */
    String hear() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Sends a request and gives all that is answered before the server closes. */
    static String ask(int port, String text) {
        try (Wire wire = new Wire(port)) {
            try {
                wire.say(text);
            } catch (IOException e) {
                // It has closed before it heard all; what it said is there all the same.
            }
            return wire.hear();
        } catch (IOException e) {
            throw new UncheckedIOException(text.substring(0, Math.min(200, text.length())), e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
