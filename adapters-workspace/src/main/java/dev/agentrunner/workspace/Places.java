package dev.agentrunner.workspace;

import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where everything is: {@code <run id>} is the directory of a run, and {@code .agent-runner/<run id>} what its commands
 * and writes need outside of it.
 */
record Places(Path folder) {

    private static final String OUTSIDE = ".agent-runner";
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Also made, if it is missing; without links in its path. */
    static Places made(Path folder) throws IOException {
        return new Places(Files.createDirectories(folder, PRIVATE).toRealPath());
    }

    Path own(RunId run) {
        return folder.resolve(run.toString());
    }

    /** Made, if it is missing; it is of no version then. */
    Path madeOwn(RunId run) throws IOException {
        Path own = own(run);
        if (!Files.isDirectory(own)) {
            Files.deleteIfExists(mark(run));
        }
        return Files.createDirectories(own, PRIVATE);
    }

    Path outside(RunId run) {
        return outside(folder, run);
    }

    /** Where it is remembered which version the run's directory is of. */
    Path mark(RunId run) {
        return folder.resolve(OUTSIDE).resolve(run + ".version");
    }

    private static Path outside(Path in, RunId run) {
        return in.resolve(OUTSIDE).resolve(run.toString());
    }

    /** The same for a directory elsewhere: beside it, if it is on another file system, as files are moved into it. */
    Path outside(RunId run, Path directory) throws IOException {
        boolean together = Files.getFileStore(folder).equals(Files.getFileStore(directory));
        return together ? outside(run) : outside(Objects.requireNonNull(directory.getParent()), run);
    }

    List<RunId> runs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .flatMap(entry -> run(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<RunId> run(String name) {
        try {
            return Stream.of(RunId.parse(name));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
