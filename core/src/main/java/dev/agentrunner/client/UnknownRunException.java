package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** There is no run with this id, or it was purged. */
public final class UnknownRunException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public UnknownRunException(RunId run) {
        super("There is no run " + run + "; it may have been purged by retention");
    }
}
