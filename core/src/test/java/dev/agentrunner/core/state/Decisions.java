package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Decision.Refusal;

/** What examples expect of a command. */
final class Decisions {

    private Decisions() {}

    static void accepts(RunHistory history, Command command, Fact... facts) {
        assertThat(command.decide(history)).isEqualTo(Decision.accept(facts));
    }

    static void refuses(RunHistory history, Command command, Refusal why, String reason) {
        assertThat(command.decide(history)).isEqualTo(new Decision.Refused(why, reason));
    }

    static void ignores(RunHistory history, Command command) {
        assertThat(command.decide(history)).isEqualTo(Decision.nothing());
    }
}
