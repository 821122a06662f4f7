package dev.agentrunner.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JVM in which an engine does what {@code dev.agentrunner.contest.Contest} is told. */
final class PeerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final Map<String, String> said = new LinkedHashMap<>();

    private PeerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static PeerProcess start(Peer peer, String mode, String url, Map<String, Object> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                peer.classPath(),
                "dev.agentrunner.contest.Contest",
                "mode=" + mode,
                "url=" + url,
                "user=postgres",
                "password=postgres"));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        return new PeerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Does it from beginning to end. */
    static Map<String, String> run(Peer peer, String mode, String url, Map<String, Object> settings)
            throws IOException, InterruptedException {
        try (PeerProcess process = start(peer, mode, url, settings)) {
            return process.finish();
        }
    }

    /** Waits until it has said a value under this name. */
    String await(String name) throws IOException {
        while (!said.containsKey(name)) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("It ended without having said " + name + "; see what it wrote above");
            }
            int equals = line.indexOf('=');
            if (equals > 0) {
                said.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return said.get(name);
    }

    /** Lets it go on. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Lets it come to its end; what it said. */
    Map<String, String> finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        await("rss_kb");
        process.waitFor();
        return said;
    }

    long number(String name) throws IOException {
        return Long.parseLong(await(name));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
