package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** A command came after the run had ended. */
public final class RunFinishedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public RunFinishedException(RunId run, String reason) {
        super("Run " + run + " has ended: " + reason);
    }
}
