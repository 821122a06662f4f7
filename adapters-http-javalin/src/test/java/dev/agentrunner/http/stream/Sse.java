package dev.agentrunner.http.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client that reads a stream line by line, as the specification says. */
final class Sse implements AutoCloseable {

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private final List<String> comments = new ArrayList<>();

    private Sse(HttpResponse<InputStream> response) {
        this.response = response;
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    static Sse open(URI uri) throws Exception {
        return open(HttpRequest.newBuilder(uri));
    }

    /** @param after the last id that was seen */
    static Sse open(URI uri, long after) throws Exception {
        return open(HttpRequest.newBuilder(uri).header("Last-Event-ID", Long.toString(after)));
    }

    private static Sse open(HttpRequest.Builder request) throws Exception {
        return new Sse(HTTP.send(
                request.header("Accept", "text/event-stream")
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** Lines that began with a colon, and retry fields. */
    List<String> comments() {
        return comments;
    }

    /** The next line, as it is; null at the end. */
    String line() throws IOException {
        return lines.readLine();
    }

    /** Waits for the next event; empty when the stream has ended. */
    Optional<Frame> next() throws IOException {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            } else if (!line.isEmpty()) {
                comments.add(line);
            } else if (data.length() > 0) {
                return Optional.of(new Frame(id, name, data.toString()));
            }
        }
        return Optional.empty();
    }

    List<Frame> next(int count) throws IOException {
        List<Frame> frames = new ArrayList<>();
        while (frames.size() < count) {
            frames.add(next().orElseThrow(() -> new AssertionError("The stream ended after " + frames)));
        }
        return frames;
    }

    /** Everything until the stream ends. */
    List<Frame> rest() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
