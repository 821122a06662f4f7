package dev.agentrunner.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
final class HttpCallsTest {

    @Test
    void two_hundred_connections_at_once_see_no_error() throws Exception {
        assertThat(new HttpCalls(new JavaLoad(), 200, Duration.ofSeconds(2)).measure())
                .hasSize(4)
                .allSatisfy((name, figures) -> {
                    assertThat(figures.errors()).isZero();
                    assertThat(figures.rate()).isPositive();
                });
    }
}
