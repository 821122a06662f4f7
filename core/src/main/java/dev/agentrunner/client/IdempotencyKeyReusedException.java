package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** An idempotency key was used for two different submissions. */
public final class IdempotencyKeyReusedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public IdempotencyKeyReusedException(String key, RunId run) {
        super("Idempotency key '" + key + "' belongs to run " + run
                + ", which was submitted with another workflow, input or options; nothing was submitted. Use a new key, or submit"
                + " the same again");
    }
}
