package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;

/** A step failed for good. The failure is recorded: a replay throws it again. */
public final class StepFailedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final transient StepId step;
    private final transient Failure failure;

    public StepFailedException(StepId step, Failure failure) {
        super("Step " + step + " failed: " + failure.message());
        this.step = step;
        this.failure = failure;
    }

    public StepId step() {
        return step;
    }

    public Failure failure() {
        return failure;
    }
}
