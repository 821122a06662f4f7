package dev.agentrunner.core.state;

import java.util.function.Function;

/**
 * A command to be, made once the history it meets is known: only then is an epoch stale or a signal
 * waiting.
 */
record Move(String name, Function<RunHistory, Command> make) {

    static Move of(String name, Command command) {
        return new Move(name, history -> command);
    }

    Command on(RunHistory history) {
        return make.apply(history);
    }

    @Override
    public String toString() {
        return name;
    }
}
