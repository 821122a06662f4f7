package dev.agentrunner.workspace;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import dev.agentrunner.workspace.command.Launcher;
import java.nio.file.Path;

/** One directory, and what can be done in it. */
record LocalWorkspace(Path directory, WorkspaceFiles files, WorkspaceVersions versions, Launcher launcher)
        implements Workspace {

    @Override
    public RunningCommand start(Command command, OutputListener output) {
        return launcher.start(command, output);
    }
}
