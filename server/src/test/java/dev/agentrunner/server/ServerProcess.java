package dev.agentrunner.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own. */
final class ServerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path errors;
    private final BufferedReader out;

    private ServerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ServerProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.agentrunner.server.Main"));
        if (Runtime.version().feature() >= 22) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AGENT_RUNNER_"));
        builder.environment().put("OLLAMA_HOST", "127.0.0.1:1");
        builder.environment().putAll(environment);
        File to = errors.toFile();
        return new ServerProcess(builder.redirectError(to).start(), errors);
    }

    /** The next line that it prints; empty if it prints none before it ends. */
    String line() throws IOException {
        String line = out.readLine();
        return line == null ? "" : line;
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // leaves its output to be read
    }

    void kill() {
        process.destroyForcibly();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end");
        }
        return process.exitValue();
    }

    List<String> errors() throws IOException {
        return Files.readAllLines(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
