package dev.agentrunner.core.state;

import java.util.List;

/** The answer to a command: the facts it makes, or why it cannot be. */
public sealed interface Decision {

    /** Why a command cannot be. */
    enum Refusal {
        ALREADY_EXISTS,
        RUN_FINISHED,
        NOT_CLAIMED,
        STEP_FINISHED,
        STEP_NOT_STARTED,
        AT_MOST_ONCE,
        SIGNAL_CONSUMED
    }

    /** These facts follow; none when the command asked for what is already so. */
    record Accepted(List<Fact> facts) implements Decision {
        public Accepted {
            facts = List.copyOf(facts);
        }
    }

    /** Nothing follows. */
    record Refused(Refusal why, String reason) implements Decision {}

    static Decision accept(Fact... facts) {
        return new Accepted(List.of(facts));
    }

    static Decision accept(List<Fact> facts) {
        return new Accepted(facts);
    }

    /** What the command asks for is already so. */
    static Decision nothing() {
        return new Accepted(List.of());
    }

    static Decision refuse(Refusal why, String reason) {
        return new Refused(why, reason);
    }
}
