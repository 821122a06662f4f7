package dev.agentrunner.tck;

import dev.agentrunner.spi.workspace.Workspaces;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/**
 * The contract of {@link Workspaces} on a machine with the usual programs of Unix: an adapter extends this class, says
 * how to open an empty place for workspaces, and has joined.
 *
 * <p>Each test opens a place of its own, deletes the workspaces in it, and calls {@link #dispose}.
 */
public abstract class WorkspaceContract {

    protected WorkspaceContract() {}

    /** Opens a place that no run has been in yet. */
    protected abstract Workspaces open(Map<String, Path> named) throws Exception;

    /** Opens the same place once more, as another process would. */
    protected abstract Workspaces openAgain() throws Exception;

    /** Removes what is left behind. */
    protected void dispose() throws Exception {}

    @Nested
    final class Placing extends WorkspacePlaceContract {
        @Override
        WorkspaceContract adapter() {
            return WorkspaceContract.this;
        }
    }

    @Nested
    final class Filing extends WorkspaceFilesContract {
        @Override
        WorkspaceContract adapter() {
            return WorkspaceContract.this;
        }
    }

    @Nested
    final class Versioning extends WorkspaceVersionsContract {
        @Override
        WorkspaceContract adapter() {
            return WorkspaceContract.this;
        }
    }

    @Nested
    final class Commanding extends WorkspaceCommandContract {
        @Override
        WorkspaceContract adapter() {
            return WorkspaceContract.this;
        }
    }
}
