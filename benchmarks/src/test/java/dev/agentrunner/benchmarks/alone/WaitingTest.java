package dev.agentrunner.benchmarks.alone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waiting runs cost rows, not memory: a twentieth of what {@code ./bench waiting} shows, with as little room. */
@Tag("once")
final class WaitingTest {

    @Test
    void five_thousand_runs_wait_and_wake_in_a_heap_that_could_not_hold_them() throws Exception {
        Waiting.Figures figures = Waiting.inJvm(5_000, "40m");
        assertThat(figures.awake()).isPositive();
        assertThat(figures.threads()).isLessThan(200);
    }
}
