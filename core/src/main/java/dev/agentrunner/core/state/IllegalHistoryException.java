package dev.agentrunner.core.state;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.Event;
import org.jspecify.annotations.Nullable;

/** A log holds an event that no legal history contains at that place. */
public final class IllegalHistoryException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    IllegalHistoryException(Event event, long expected) {
        super("Event " + event.seq() + " of run " + event.run() + " stands where event " + expected
                + " should; read the log from its beginning, in order and without gaps");
    }

    IllegalHistoryException(Fact fact, long seq, @Nullable Object status) {
        super("Event " + seq + " of type " + fact.type() + (fact.step() == null ? "" : " on step " + fact.step())
                + " is not possible in status " + status + "; the log was changed by something other than the engine");
    }
}
