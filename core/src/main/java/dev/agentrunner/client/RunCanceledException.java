package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** The run was canceled. */
public final class RunCanceledException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public RunCanceledException(RunId run, String reason) {
        super("Run " + run + " was canceled: " + reason);
    }
}
