package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunId;

/** The run failed. */
public final class RunFailedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public RunFailedException(RunId run, Failure failure) {
        super("Run " + run + " failed: " + failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
