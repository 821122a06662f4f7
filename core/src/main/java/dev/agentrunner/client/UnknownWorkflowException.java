package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;

/** No workflow of this name and version is registered. */
public final class UnknownWorkflowException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public UnknownWorkflowException(String workflow) {
        super("No workflow '" + workflow
                + "' is registered here; register it with the builder, or check name and version");
    }
}
