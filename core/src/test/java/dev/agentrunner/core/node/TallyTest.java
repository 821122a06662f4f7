package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void names_are_counted_up_and_down_each_for_itself() {
        Tally tally = new Tally();
        tally.add("a");
        tally.add("a");
        tally.add("a");
        tally.add("b");
        tally.remove("a");
        tally.remove("b");
        tally.remove("c");

        assertThat(tally.of("a")).isEqualTo(2);
        assertThat(tally.of("b")).isZero();
        assertThat(tally.of("c")).isZero();
    }
}
