package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks for a stream and reads nothing of it until told to. */
final class SlowClient implements AutoCloseable {

    private final Socket socket;

    private SlowClient(Socket socket) {
        this.socket = socket;
    }

    static SlowClient connect(StreamServer server, RunId run) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        SlowClient client = new SlowClient(socket);
        client.ask(server, run);
        return client;
    }

    void ask(StreamServer server, RunId run) throws IOException {
        String request = "GET " + server.stream(run).getPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** What is left until the connection is closed; chunk sizes and all. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What comes until this text does. */
    String until(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] bytes = new byte[64 << 10];
        while (seen.indexOf(text, Math.max(0, seen.length() - bytes.length - text.length())) < 0) {
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                throw new IOException("The connection was closed after " + seen.length() + " characters");
            }
            seen.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        }
        return seen.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
