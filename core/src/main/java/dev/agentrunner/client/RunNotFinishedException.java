package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** Only a run that has ended can be forked or purged. */
public final class RunNotFinishedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public RunNotFinishedException(RunId run) {
        super("Run " + run + " has not ended; wait for it or cancel it before you fork or purge it");
    }
}
