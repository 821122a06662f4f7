package dev.agentrunner.jdbc.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where servers keep their data, and what is left of those whose JVM was killed. */
final class ServerFolders {

    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"), "agent-runner-postgres");

    /** The number of the JVM follows, so that no folder is ever without an owner. */
    private static final String PREFIX = "server-";

    private ServerFolders() {}

    /** A new data folder, after a sweep. */
    static Path create() throws IOException {
        Files.createDirectories(PARENT);
        sweep();
        return Files.createTempDirectory(
                        PARENT, PREFIX + ProcessHandle.current().pid() + "-")
                .resolve("data");
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
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, PREFIX + "*")) {
            for (Path folder : folders) {
                String owner = folder.getFileName().toString().split("-")[1];
                if (ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
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

    /** Another process may sweep at the same time, so what has gone already is no failure. */
    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
