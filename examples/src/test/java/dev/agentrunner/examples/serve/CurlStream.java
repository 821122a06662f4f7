package dev.agentrunner.examples.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stream of events as curl receives it. When it breaks off, another curl goes on after the last event that came whole,
 * as an EventSource does; 204 ends it. Thread-safe.
 */
final class CurlStream implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final URI stream;
    private final Path errors;
    private final int enough;
    private final CompletableFuture<Void> hasEnough = new CompletableFuture<>();
    private final CompletableFuture<List<JsonNode>> all = new CompletableFuture<>();
    // of the one thread that reads
    private final List<JsonNode> events = new ArrayList<>();
    private String lastId = "";
    private volatile int connections;
    private volatile boolean closed;

    private CurlStream(URI stream, Path errors, int enough) {
        this.stream = stream;
        this.errors = errors;
        this.enough = enough;
    }

    /** Begins to read a stream; {@code enough} events are what {@link #awaitEnough} waits for. */
    static CurlStream follow(URI stream, Path folder, int enough) throws IOException {
        CurlStream follower = new CurlStream(stream, Files.createTempFile(folder, "curl", ".txt"), enough);
        CompletableFuture.runAsync(follower::read).whenComplete((nothing, failure) -> {
            if (failure != null) {
                follower.hasEnough.completeExceptionally(failure);
                follower.all.completeExceptionally(failure);
            }
        });
        return follower;
    }

    void awaitEnough() throws Exception {
        hasEnough.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** All events in the order in which they came, once nothing more will come. */
    List<JsonNode> all() throws Exception {
        return all.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** How often it has connected, or tried to. */
    int connections() {
        return connections;
    }

    private void read() {
        try {
            String status = "";
            while (!status.equals("204") && !closed) {
                status = connect();
            }
            all.complete(events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the connection ends; gives the status of the answer. */
    private String connect() throws IOException {
        connections++;
        List<String> command = new ArrayList<>(List.of("curl", "-sN", "-w", "%{stderr}%{http_code}"));
        command.addAll(List.of("--retry", "60", "--retry-connrefused", "--retry-delay", "1"));
        if (!lastId.isEmpty()) {
            command.addAll(List.of("-H", "Last-Event-ID: " + lastId));
        }
        command.add(stream.toString());
        Process curl =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(curl.getInputStream(), StandardCharsets.UTF_8))) {
            String id = "";
            String data = "";
            for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                } else if (line.isEmpty()) {
                    take(id, data);
                    id = "";
                }
            }
        } finally {
            curl.destroy();
            curl.onExit().join();
        }
        return Files.readString(errors);
    }

    private void take(String id, String data) {
        if (!id.isEmpty()) {
            lastId = id;
            events.add(Json.parse(data).tree());
            if (events.size() == enough) {
                hasEnough.complete(null);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
