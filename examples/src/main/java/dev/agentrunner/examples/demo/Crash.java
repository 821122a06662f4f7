package dev.agentrunner.examples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * {@code agent-runner demo --crash}: runs the demo in a process of its own, kills that process with
 * SIGKILL once a few steps are recorded, and starts it again. Both use one idempotency key, so the second
 * finds the first one's run.
 */
final class Crash {

    private static final int STEPS_BEFORE_KILL = 5;
    private static final Pattern IN_THE_MIDDLE_OF_AN_ANSWER = Pattern.compile(".* LLM_STARTED +coder .*");

    private final Arguments arguments;
    private final PrintStream out;
    private final String key = "demo-crash-" + UUID.randomUUID();

    Crash(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        out.println("1. A process begins the run.");
        Process first = start();
        boolean killed = printUntilKilled(first);
        first.waitFor();
        if (!killed) {
            out.println("The run ended before it could be killed; give it more to do.");
            return first.exitValue();
        }
        out.printf("%n2. Process %d was killed with SIGKILL. Another one starts and goes on:%n", first.pid());
        out.println("   no step that is recorded as completed is executed again.");
        out.println();
        Process second = start();
        try (BufferedReader lines = lines(second)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println("   " + line);
            }
        }
        return second.waitFor();
    }

    private boolean printUntilKilled(Process process) throws IOException {
        int completed = 0;
        try (BufferedReader lines = lines(process)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println("   " + line);
                completed += line.contains("STEP_COMPLETED") ? 1 : 0;
                if (completed >= STEPS_BEFORE_KILL
                        || IN_THE_MIDDLE_OF_AN_ANSWER.matcher(line).matches()) {
                    process.destroyForcibly();
                    return true;
                }
            }
        }
        return false;
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Dagent-runner.home=" + Home.workflows().resolve("../.."),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.agentrunner.server.Main",
                "demo",
                "--key",
                key,
                "--data",
                arguments.data().toString(),
                "--workflow",
                arguments.workflow()));
        if (arguments.workflow().equals(Arguments.INVENTORY)) {
            command.add(arguments.directory().toString());
        }
        if (Runtime.version().feature() >= 22) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
