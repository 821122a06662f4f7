package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSettingsTest {

    private static final Duration BEAT = Duration.ofSeconds(2);

    private static NodeSettings of(int workers, Duration timeout) {
        return new NodeSettings(workers, BEAT, timeout, BEAT, BEAT, null, List.of());
    }

    @Test
    void a_node_may_have_no_workers_and_not_fewer() {
        assertThat(of(0, BEAT.multipliedBy(2)).workers()).isZero();
        assertThatThrownBy(() -> of(-1, BEAT.multipliedBy(2))).hasMessage("workers is 0 or more, not -1");
    }

    @Test
    void a_node_is_dead_after_two_heartbeats_at_the_earliest() {
        assertThat(of(1, BEAT.multipliedBy(2)).timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThatThrownBy(() -> of(1, Duration.ofMillis(3_999)))
                .hasMessageStartingWith("A node time-out of PT3.999S is less than two heartbeats of PT2S");
    }

    @Test
    void limits_of_queues_let_one_run_through_at_least() {
        assertThat(new QueuePolicy("q", 1, 1, null).perNode()).isEqualTo(1);
        assertThatThrownBy(() -> new QueuePolicy("q", 0, 1, null)).hasMessage("Queue 'q': limits are 1 or more");
        assertThatThrownBy(() -> new QueuePolicy("q", 1, 0, null)).hasMessage("Queue 'q': limits are 1 or more");
    }
}
