package dev.agentrunner.ollama.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A client's connection. One thread does nothing but read, so it notices at once when the client has gone; another one
 * writes the reply to the last request.
 */
final class Connection implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Socket socket;
    private final Executor writers;
    private final Function<Request, Reply> replies;

    Connection(Socket socket, Executor writers, Function<Request, Reply> replies) {
        this.socket = socket;
        this.writers = writers;
        this.replies = replies;
    }

    CompletableFuture<Void> gone() {
        return gone;
    }

    void read() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Request request = request(in);
                writers.execute(() -> reply(request));
            }
        } catch (IOException e) {
            // the client has gone, or the reply was to be cut
        } finally {
            gone.complete(null);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            gone.complete(null);
        }
    }

    private void reply(Request request) {
        Reply reply = replies.apply(request);
        try {
            Wire wire = new Wire(new BufferedOutputStream(socket.getOutputStream()), reply.limit(), reply.isSlow());
            for (Reply.Step step : reply.steps()) {
                if (step instanceof Reply.Step.Stall stall) {
                    stall.gate().pass(gone);
                } else if (step instanceof Reply.Step.Cut cut) {
                    socket.setSoLinger(cut.reset(), 0);
                    close();
                    return;
                } else {
                    wire.write(step);
                }
            }
            if (!wire.end()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    private Request request(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        JsonNode json = body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        return new Request(first[0], first[1], headers, json, gone);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the client has gone");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
