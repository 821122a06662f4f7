package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;

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

    /** Tells whether the run was asked to cancel. */
    Cancellation cancellation();
}
