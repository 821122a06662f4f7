package dev.agentrunner.core.state;

import dev.agentrunner.spi.error.AgentRunnerException;

/** A log holds an event that no legal history contains at that place. */
public final class IllegalHistoryException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    IllegalHistoryException(Fact fact, long seq, Object status) {
        super("Event " + seq + " of type " + fact.type() + (fact.step() == null ? "" : " on step " + fact.step())
                + " is not possible in status " + status + "; the log was changed by something other than the engine");
    }
}
