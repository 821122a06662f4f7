package dev.agentrunner.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A web server in a JVM of its own.
 *
 * @param uri ends in a slash
 */
record Started(Process process, URI uri) implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    /** Starts a program of this one's class path, and waits for the line that says where it listens. */
    static Started program(Path folder, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        if (Runtime.version().feature() >= 22) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(Redirect.to(folder.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("AGENT_RUNNER_"));
        Process process = builder.start();
        // stays open: the server ends with SIGTERM, not because nobody listens
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        Matcher address = ADDRESS.matcher(line == null ? "" : line);
        if (!address.find()) {
            process.destroyForcibly();
            throw new IOException(main + " did not start, but said: " + line);
        }
        return new Started(process, URI.create(address.group()));
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        process.onExit().join();
    }
}
