package dev.agentrunner.workspace;

import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.tck.WorkspaceContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspaceContractTest extends WorkspaceContract {

    @TempDir
    Path folder;

    @Override
    protected Workspaces open(Map<String, Path> named) {
        LocalWorkspaces workspaces = LocalWorkspaces.in(folder.resolve("runs"));
        for (Map.Entry<String, Path> one : named.entrySet()) {
            workspaces = workspaces.named(one.getKey(), one.getValue());
        }
        return workspaces;
    }

    @Override
    protected Workspaces openAgain() {
        return LocalWorkspaces.in(folder.resolve("runs"));
    }
}
