package dev.agentrunner.core.workspace;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** A workspace that is taken back when the attempt that has it ends: nothing can be done in it any more. Thread-safe. */
final class LentWorkspace implements Workspace {

    private final Workspace whole;
    private final Set<RunningCommand> commands = ConcurrentHashMap.newKeySet();
    private volatile boolean takenBack;

    LentWorkspace(Workspace whole) {
        this.whole = whole;
    }

    /** Refuses all further use; {@link #endCommands} follows. */
    void takeBack() {
        takenBack = true;
    }

    void endCommands() {
        commands.forEach(RunningCommand::close);
    }

    private Workspace lent() {
        if (takenBack) {
            throw new CancellationException("The attempt has ended; its workspace belongs to what follows");
        }
        return whole;
    }

    @Override
    public Path directory() {
        return whole.directory();
    }

    @Override
    public RunningCommand start(Command command, OutputListener output) {
        RunningCommand started = lent().start(command, output);
        commands.add(started);
        if (takenBack) {
            started.close();
            lent();
        }
        return started;
    }

    @Override
    public WorkspaceVersions versions() {
        return lent().versions();
    }

    @Override
    public WorkspaceFiles files() {
        return new WorkspaceFiles() {
            @Override
            public InputStream open(String path) {
                return lent().files().open(path);
            }

            @Override
            public byte[] read(String path) {
                return lent().files().read(path);
            }

            @Override
            public List<FileEntry> write(Map<String, byte[]> contents) {
                return lent().files().write(contents);
            }

            @Override
            public void delete(String path) {
                lent().files().delete(path);
            }

            @Override
            public List<String> list(String directory) {
                return lent().files().list(directory);
            }
        };
    }
}
