package dev.agentrunner.workspace;

import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.tck.WorkspaceContract;
import dev.agentrunner.workspace.BrokenWorkspaces.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/** The contract over workspaces with a fault. Not a test: {@link ContractFailsOnBrokenWorkspacesTest} runs it. */
final class BrokenWorkspaceSuite extends WorkspaceContract {

    static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.SHARES_ONE_DIRECTORY);

    @TempDir
    Path folder;

    private LocalWorkspaces whole = LocalWorkspaces.in(Path.of("never"));

    @Override
    protected Workspaces open(Map<String, Path> named) {
        whole = LocalWorkspaces.in(folder.resolve("runs"));
        named.forEach((name, directory) -> whole = whole.named(name, directory));
        return new BrokenWorkspaces(whole, FAULT.get());
    }

    @Override
    protected Workspaces openAgain() {
        boolean same = FAULT.get() == Fault.LETS_OLD_COMMANDS_RUN;
        return new BrokenWorkspaces(same ? whole : LocalWorkspaces.in(folder.resolve("runs")), FAULT.get());
    }

    @Override
    protected void dispose() {
        whole.runs().forEach(whole::delete);
    }
}
