package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;

/** An idempotency key was used for two different submissions. */
public final class IdempotencyKeyReusedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public IdempotencyKeyReusedException(String key, RunId run) {
        super("Idempotency key '" + key + "' belongs to run " + run + " with another workflow or input; use a new key");
    }
}
