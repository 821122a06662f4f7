package dev.agentrunner.spi.workspace;

import dev.agentrunner.spi.model.RunId;
import java.util.List;

/** Where the runs of a node have their directories. Thread-safe. */
public interface Workspaces {

    /**
     * Opens the directory of a run, made if it is missing. What commands of an earlier process still do in it is ended
     * first, so that whoever opens it is the only one who changes it.
     *
     * @throws WorkspaceException with {@code unknown_workspace} if the policy names a directory that is not configured
     */
    Workspace open(RunId run, WorkspacePolicy policy);

    /** Runs that have a directory of their own here. */
    List<RunId> runs();

    /** Deletes the run's own directory with all that is in it; does nothing if there is none. */
    void delete(RunId run);
}
