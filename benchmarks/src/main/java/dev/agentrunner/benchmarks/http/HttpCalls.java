package dev.agentrunner.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code ./bench http}: the server on SQLite and Javalin that says hello, each in a JVM of its own, one call after the
 * other; each is warmed up by a fifth of its time.
 *
 * @param time that each call is made
 */
public record HttpCalls(Load load, int connections, Duration time) {

    private static final String SERVER = "dev.agentrunner.server.Main";

    /** With 200 connections, by what is installed. */
    public static HttpCalls during(Duration time) throws IOException, InterruptedException {
        return new HttpCalls(Load.installed(), 200, time);
    }

    /** The measure, for people. */
    public String report() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("%d connections for %d s by %s; JDK %d, %d cores%n%n%s"
                .formatted(
                        connections,
                        time.toSeconds(),
                        load.name(),
                        Runtime.version().feature(),
                        Runtime.getRuntime().availableProcessors(),
                        Figures.HEAD));
        measure().forEach((name, figures) -> text.append('\n').append(figures.row(name)));
        return text.toString();
    }

    Map<String, Figures> measure() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("agent-runner-bench");
        try {
            Path hello = Files.createDirectory(folder.resolve("hello"));
            Path workflows = Files.createDirectory(folder.resolve("workflows"));
            try (Started bare = Started.program(hello, Hello.class.getName());
                    Started server = Started.program(
                            folder,
                            SERVER,
                            "serve",
                            "--port=0",
                            "--log-level=warn",
                            "--data=" + folder.resolve("data"),
                            "--workflows=" + workflows)) {
                return measure(bare.uri().resolve("hello"), server.uri());
            }
        } finally {
            delete(folder);
        }
    }

    private Map<String, Figures> measure(URI hello, URI server) throws IOException, InterruptedException {
        URI run = server.resolve(submit(server.resolve("runs")));
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (Target each : List.of(
                new Target("`GET` hello", hello, ""),
                new Target("`GET /runs/{id}`", run, ""),
                new Target("`POST` hello", hello, NoOp.SUBMISSION),
                new Target("`POST /runs`", server.resolve("runs"), NoOp.SUBMISSION))) {
            load.on(each, connections, time.dividedBy(5));
            figures.put(each.name(), load.on(each, connections, time));
        }
        return figures;
    }

    /** The path of a new run. */
    private static String submit(URI runs) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(runs)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NoOp.SUBMISSION))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("The server started no run: " + response.body()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
