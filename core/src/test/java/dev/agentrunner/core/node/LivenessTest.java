package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fault.ForwardingQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LivenessTest {

    private static final NodeId NODE = new NodeId("n1");
    private static final Instant STORE_TIME = Instant.parse("2040-01-01T00:00:00Z");
    private static final RunId RUN = RunId.parse("01890000-0000-7000-8000-000000000001");
    private static final NodeSettings SETTINGS = new NodeSettings(
            3, Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ZERO, null, List.of());

    private final InMemoryStore store = new InMemoryStore();
    private final List<NodeId> dead = new ArrayList<>();
    private final Map<RunId, Long> held = new java.util.HashMap<>();
    private final CountDownLatch twoBeats = new CountDownLatch(2);
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger recovered = new AtomicInteger();
    private final List<Set<RunId>> adopted = new ArrayList<>();
    private final StoreClock clock = new StoreClock(Instant.EPOCH);
    private final Executions executions =
            new Executions(NODE, store.log(), new Registry(List.of(), List.of()), null, 3, (run, ending) -> {});
    private final Liveness liveness =
            new Liveness(new Queue(), NODE, SETTINGS, clock, executions, adopted::add, recovered::incrementAndGet);

    private final class Queue extends ForwardingQueue {
        Queue() {
            super(store.queue());
        }

        @Override
        public Instant beat(NodeBeat beat) {
            assertThat(beat).isEqualTo(new NodeBeat(NODE, 3));
            beats.incrementAndGet();
            twoBeats.countDown();
            return STORE_TIME;
        }

        @Override
        public List<NodeId> recover(NodeId self, Duration deadAfter) {
            assertThat(self).isEqualTo(NODE);
            assertThat(deadAfter).isEqualTo(SETTINGS.timeout());
            looks.incrementAndGet();
            return List.copyOf(dead);
        }

        @Override
        public Map<RunId, Long> held(NodeId node) {
            return Map.copyOf(held);
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_beat_brings_the_time_of_the_store() {
        assertThat(liveness.lastBeat()).isBefore(STORE_TIME);
        liveness.beat();
        assertThat(liveness.lastBeat()).isEqualTo(STORE_TIME);
        assertThat(clock.instant()).isAfterOrEqualTo(STORE_TIME);
    }

    @Test
    void who_takes_over_from_the_dead_looks_for_their_runs() {
        liveness.beat();
        assertThat(recovered).hasValue(0);
        dead.add(new NodeId("gone"));
        liveness.beat();
        assertThat(recovered).hasValue(1);
    }

    @Test
    void what_is_held_twice_in_a_row_without_being_executed_is_adopted() {
        held.put(RUN, 2L);
        liveness.beat();
        assertThat(adopted).containsExactly(Set.of());
        liveness.beat();
        liveness.beat();
        held.clear();
        liveness.beat();
        held.put(RUN, 2L);
        liveness.beat();
        assertThat(adopted).containsExactly(Set.of(), Set.of(RUN), Set.of(RUN), Set.of(), Set.of());
    }

    @Test
    void what_is_about_to_begin_is_not_adopted() {
        Claim claim = new Claim(RUN, 1);
        executions.expect(claim);
        held.put(RUN, 2L);
        liveness.beat();
        liveness.beat();
        assertThat(adopted).containsOnly(Set.of());
    }

    @Test
    void the_dead_are_looked_for_more_often_than_the_node_beats() throws Exception {
        Thread loop = new Thread(liveness::loop);
        loop.start();
        assertThat(twoBeats.await(20, TimeUnit.SECONDS)).isTrue();
        liveness.close();
        loop.join();
        assertThat(looks.get()).isBetween(4 * beats.get() - 1, 4 * beats.get() + 3);
    }
}
