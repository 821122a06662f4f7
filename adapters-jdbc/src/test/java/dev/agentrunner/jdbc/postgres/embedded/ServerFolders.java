package dev.agentrunner.jdbc.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Where servers keep their data, and what is left of those whose JVM was killed. */
final class ServerFolders {

    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"), "agent-runner-postgres");
    private static final String OWNER = "jvm.pid";

    private ServerFolders() {}

    /** A new data folder, after a sweep. */
    static Path create() throws IOException {
        Files.createDirectories(PARENT);
        sweep();
        Path folder = Files.createTempDirectory(PARENT, "server");
        Files.writeString(
                folder.resolve(OWNER), Long.toString(ProcessHandle.current().pid()));
        return folder.resolve("data");
    }

    /** The programs with which a server runs, or ran last. */
    static Path binaries(Path data) {
        try {
            String options = Files.readString(data.resolve("postmaster.opts"));
            return Path.of(options.substring(0, options.indexOf(" "))).getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sweep() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, "server*")) {
            for (Path folder : folders) {
                if (pid(folder.resolve(OWNER)).flatMap(ProcessHandle::of).isEmpty()) {
                    pid(folder.resolve("data").resolve("postmaster.pid"))
                            .flatMap(ProcessHandle::of)
                            .ifPresent(ServerFolders::end);
                    delete(folder);
                }
            }
        }
    }

    private static Optional<Long> pid(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().map(String::trim).map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The number may belong to another process by now. */
    private static void end(ProcessHandle process) {
        if (process.info()
                .command()
                .filter(command -> command.contains("postgres"))
                .isEmpty()) {
            return;
        }
        process.destroy();
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
