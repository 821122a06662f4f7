package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.workspace.Workspace;
import java.util.Map;

/**
 * What a workflow body does its work with. Belongs to the thread that runs the body, or to one branch
 * of {@link Branches}; each branch uses the context it is given.
 *
 * <p>Any call may end the execution by throwing an {@link Error} of the engine, when the run waits, is
 * canceled, or has been taken over: do not catch {@code Throwable} around calls.
 */
public interface RunContext extends Steps, Waits, Branches, Notes, Generations {

    RunId id();

    RunSpec spec();

    /** Models that steps of the run ask instead of their own, by the step's name, because whoever submitted it said so. */
    Map<String, String> models();

    /**
     * The directory that the run may touch, as it was after the last recorded step. Between steps it is for looking only:
     * what is changed there is not recorded.
     *
     * @throws IllegalStateException if the runner was built without workspaces
     */
    Workspace workspace();

    /** Tells whether the run was asked to cancel. */
    Cancellation cancellation();
}
