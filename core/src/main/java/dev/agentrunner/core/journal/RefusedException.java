package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Decision;
import dev.agentrunner.spi.error.AgentRunnerException;

/** A command was refused by the state in which it met the run. */
public final class RefusedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final transient Decision.Refused refused;

    RefusedException(Decision.Refused refused) {
        super(refused.reason());
        this.refused = refused;
    }

    /** What the state said, for people. */
    public String reason() {
        return refused.reason();
    }

    public Decision.Refusal why() {
        return refused.why();
    }
}
