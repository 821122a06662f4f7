package dev.agentrunner.jdbc;

import dev.agentrunner.jdbc.commit.StoreThreads;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another process with the library, to be killed. Says on its standard output what it has done. */
public final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Child(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static Child start(String mode, Path file) throws IOException {
        String classes = Stream.of(
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Child(new ProcessBuilder(
                        java.toString(), "-Xmx256m", "-cp", classes, Child.class.getName(), mode, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that it says; null when it has ended. */
    String line() throws IOException {
        return output.readLine();
    }

    /** As if the power went; returns all that it had said until then. */
    List<String> kill() throws IOException, InterruptedException {
        // The handle: killing the process itself also closes what is left to read of its output.
        process.toHandle().destroyForcibly();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
        }
        process.waitFor();
        return said;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "open" -> SqliteStore.at(file).close();
            case "beat" -> beat(SqliteStore.at(file));
            case "hog" -> hog(file);
            case "write" -> write(SqliteStore.at(file));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("done");
    }

    /** Holds a run, and never leaves. */
    private static void beat(Store store) throws IOException {
        NodeId node = new NodeId("child");
        store.queue().beat(new NodeBeat(node, 1));
        TestRuns.append(store, TestRuns.claimed(TestRuns.id(), node));
        System.out.println("beating");
        System.in.read();
    }

    /** Two stores that write without pause, each transaction as long as on a slow disk. */
    private static void hog(Path file) throws IOException {
        FailingDataSource database = new FailingDataSource(file);
        database.slowness = Duration.ofMillis(40);
        for (String name : List.of("hog", "other-hog")) {
            Store store = SqliteStore.of(database.get());
            NodeBeat beat = new NodeBeat(new NodeId(name), 1);
            store.queue().beat(beat);
            StoreThreads.start(name, () -> {
                while (true) {
                    store.queue().beat(beat);
                }
            });
        }
        System.out.println("writing");
        System.in.read();
    }

    /** Writes runs on several threads until it is killed, and says what was acknowledged. */
    private static void write(Store store) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                while (true) {
                    writeRun(store);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void writeRun(Store store) {
        RunId run;
        synchronized (Child.class) {
            run = TestRuns.id();
        }
        say(run, TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE)));
        int steps = 1 + Math.floorMod(run.hashCode(), 5);
        for (int n = 1; n <= steps; n++) {
            say(run, TestRuns.append(store, TestRuns.step(run, n)));
        }
        say(run, TestRuns.append(store, TestRuns.completed(run, 2 + 2L * steps)));
    }

    private static void say(RunId run, AppendOutcome outcome) {
        System.out.println(run + " " + ((AppendOutcome.Appended) outcome).lastSeq());
    }
}
