package dev.agentrunner.benchmarks.alone;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this class path in a JVM of its own. It says lines of a word and a text, and ends when its input does. Not
 * thread-safe.
 */
final class Child implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader said;
    private final PrintStream told;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts it in the JVM that this is.
     *
     * @param options for the JVM, such as {@code -Xmx256m}
     */
    static Child start(Class<?> program, List<String> options, String... arguments) throws IOException {
        return start(Path.of(System.getProperty("java.home")), program, options, arguments);
    }

    static Child start(Path jdk, Class<?> program, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve(Path.of("bin", "java")).toString());
        command.addAll(options);
        command.add("-cp");
        command.add(
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new Child(
                program.getSimpleName(),
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /**
     * Waits for the line that begins with this word, and gives the rest of it.
     *
     * @throws IOException if the program ends before
     */
    String expect(String word) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
        }
        throw new IOException(name + " ended without saying '" + word + "'; its errors are above");
    }

    double expectNumber(String word) throws IOException {
        return Double.parseDouble(expect(word));
    }

    void tell(String line) {
        told.println(line);
    }

    /** Ends its input and waits until it has gone. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
