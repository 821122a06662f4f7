package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.WorkspaceException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs. */
final class Programs {

    private Programs() {}

    /**
     * The file of a program: one with a slash in its name is there from the directory on, another one in a directory of
     * the path.
     */
    static Optional<Path> find(String name, Path directory, String path) {
        List<String> folders = name.contains("/") ? List.of("") : List.of(path.split(":"));
        try {
            return folders.stream()
                    .flatMap(folder -> candidate(directory, folder, name))
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Stream<Path> candidate(Path directory, String folder, String name) {
        Path file = directory.resolve(folder).resolve(name);
        return Files.isRegularFile(file) && Files.isExecutable(file) ? Stream.of(file) : Stream.empty();
    }

    static WorkspaceException notFound(String name) {
        return new WorkspaceException(
                "command_not_found",
                "There is no program '" + name + "' that can be executed, so nothing was started; install it, or name"
                        + " another one");
    }
}
