package dev.agentrunner.client;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.RunId;
import java.time.Duration;

/** A run did not end in the time that somebody was willing to wait. */
public final class AwaitTimeoutException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public AwaitTimeoutException(RunId run, Duration timeout) {
        super("Run " + run + " has not ended within " + timeout + "; it goes on");
    }
}
