package dev.agentrunner.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code ./agent-runner serve} starts, in a process of its own. Belongs to one thread. */
final class Program implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("agent-runner at (http://127\\.0\\.0\\.1:\\d+/), store .*");
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final URI url;

    private Program(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it in a folder, where its data are too, and waits until it is ready. */
    static Program serve(Path folder, String ollama, String... flags) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-Dagent-runner.home=" + home(),
                "-Dagent-runner.default.workflows=" + home().resolve("examples/workflows"),
                "-cp",
                classPath(),
                "dev.agentrunner.server.Main",
                "serve"));
        command.addAll(List.of(flags));
        Path errors = Files.createTempFile(folder, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AGENT_RUNNER_"));
        builder.environment().put("OLLAMA_HOST", ollama);
        Process process = builder.redirectError(errors.toFile()).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = String.valueOf(out.readLine());
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            process.destroyForcibly();
        }
        assertThat(ready.matches()).as(line + "\n" + Files.readString(errors)).isTrue();
        return new Program(process, URI.create(ready.group(1)));
    }

    /** The project's folder, where the script is. */
    static Path home() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("agent-runner")) ? here : here.getParent();
    }

    /** Without what only tests have. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** With a slash at its end. */
    URI url() {
        return url;
    }

    /** Ends it by SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
