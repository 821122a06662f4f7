package dev.agentrunner.workspace;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import dev.agentrunner.spi.workspace.Workspaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Workspaces with one fault each, to see whether the contract notices. */
record BrokenWorkspaces(Workspaces whole, BrokenWorkspaces.Fault fault) implements Workspaces {

    /** What can be wrong. */
    enum Fault {
        SHARES_ONE_DIRECTORY,
        KEEPS_WHAT_IS_DELETED,
        LETS_OLD_COMMANDS_RUN,
        FOLLOWS_LINKS,
        WRITES_ONE_BY_ONE,
        FORGETS_MODES,
        RESTORES_TOO_LITTLE,
        RESTORES_TOO_MUCH,
        BELIEVES_ANY_BYTES,
        LEAVES_CHILDREN,
        TELLS_EVERYTHING_TO_COMMANDS,
        SPLITS_CHARACTERS
    }

    @Override
    public Workspace open(RunId run, WorkspacePolicy policy) {
        Workspace opened = whole.open(fault == Fault.SHARES_ONE_DIRECTORY ? new RunId(new UUID(1, 1)) : run, policy);
        return new Broken(opened, fault);
    }

    @Override
    public List<RunId> runs() {
        return whole.runs();
    }

    @Override
    public void delete(RunId run) {
        if (fault != Fault.KEEPS_WHAT_IS_DELETED) {
            whole.delete(run);
        }
    }

    private record Broken(Workspace whole, Fault fault) implements Workspace {

        @Override
        public Path directory() {
            return whole.directory();
        }

        @Override
        public WorkspaceFiles files() {
            return new BrokenFiles(whole, fault);
        }

        @Override
        public RunningCommand start(Command command, OutputListener output) {
            OutputListener listener = fault == Fault.SPLITS_CHARACTERS
                    ? (stream, text) -> text.chars().forEach(c -> output.output(stream, Character.toString((char) c)))
                    : output;
            Command started =
                    fault == Fault.TELLS_EVERYTHING_TO_COMMANDS ? command.environment(System.getenv()) : command;
            return fault == Fault.LEAVES_CHILDREN && !command.argv().contains("env")
                    ? LeavingCommand.start(whole, started)
                    : whole.start(started, listener);
        }

        @Override
        public WorkspaceVersions versions() {
            return new BrokenVersions(whole, fault);
        }
    }

    private record BrokenFiles(Workspace workspace, Fault fault) implements WorkspaceFiles {

        private WorkspaceFiles whole() {
            return workspace.files();
        }

        @Override
        public InputStream open(String path) {
            return new ByteArrayInputStream(read(path));
        }

        @Override
        public byte[] read(String path) {
            if (fault == Fault.FOLLOWS_LINKS
                    && Files.isRegularFile(workspace.directory().resolve(path))) {
                try {
                    return Files.readAllBytes(workspace.directory().resolve(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return whole().read(path);
        }

        @Override
        public List<FileEntry> write(Map<String, byte[]> contents) {
            if (fault != Fault.WRITES_ONE_BY_ONE) {
                return whole().write(contents);
            }
            List<FileEntry> written = new ArrayList<>();
            contents.forEach((path, bytes) -> written.addAll(whole().write(Map.of(path, bytes))));
            return written;
        }

        @Override
        public void delete(String path) {
            whole().delete(path);
        }

        @Override
        public List<String> list(String directory) {
            return whole().list(directory);
        }
    }

    private record BrokenVersions(Workspace workspace, Fault fault) implements WorkspaceVersions {

        @Override
        public void mark(String version) {
            workspace.versions().mark(version);
        }

        @Override
        public String marked() {
            return workspace.versions().marked();
        }

        @Override
        public Contents scan() {
            Contents found = workspace.versions().scan();
            if (fault != Fault.FORGETS_MODES) {
                return found;
            }
            return new Contents(
                    found.files().stream()
                            .map(file -> new FileEntry(file.path(), 0644, file.size(), file.sha256()))
                            .toList(),
                    found.leftOut());
        }

        @Override
        public List<String> restore(List<FileEntry> files, Source source) {
            return switch (fault) {
                case RESTORES_TOO_LITTLE -> {
                    List<FileEntry> all = new ArrayList<>(files);
                    scan().files().stream()
                            .filter(there ->
                                    files.stream().noneMatch(file -> file.path().equals(there.path())))
                            .forEach(all::add);
                    yield workspace.versions().restore(all, source);
                }
                case RESTORES_TOO_MUCH -> {
                    for (String path : workspace.files().list("")) {
                        workspace.files().delete(path);
                    }
                    yield workspace.versions().restore(files, source);
                }
                case BELIEVES_ANY_BYTES -> {
                    for (FileEntry file : files) {
                        try (InputStream in = source.open(file)) {
                            workspace.files().write(Map.of(file.path(), in.readAllBytes()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                    yield workspace
                            .versions()
                            .restore(workspace.versions().scan().files(), source);
                }
                default -> workspace.versions().restore(files, source);
            };
        }
    }
}
