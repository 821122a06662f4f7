package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.queue.Rate;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Limits of queues: per node, over all nodes, per time.
 *
 * <p>On failure look at what is counted (held runs, first claims) and whether two claims can count at the same
 * time.
 */
abstract class LimitContract extends WithStore {

    private static final Rate TWO_AN_HOUR = new Rate(2, Duration.ofHours(1));

    private List<Claim> claim(NodeId node, int room, @Nullable Integer everywhere, @Nullable Rate rate) {
        QueueLimit limit = new QueueLimit(runs().queue, room, everywhere, rate);
        return runs().claim(Runs.request(node, 100, Set.of(runs().workflow), limit));
    }

    private void queued(int count) {
        for (int i = 0; i < count; i++) {
            runs().queued();
        }
    }

    private RunId queuedElsewhere(String queue, Instant since) {
        var slot = new QueueSlot(queue, 0);
        return runs().queued(new RunSpec(runs().workflow, slot, null, Map.of(), Lineage.NONE, null), Ready.at(since));
    }

    /** What this node can take, whatever it holds already. */
    @Test
    void a_node_takes_no_more_than_it_has_room_for() {
        queued(5);
        assertThat(claim(alice, 2, null, null)).hasSize(2);
        assertThat(claim(alice, 0, null, null)).isEmpty();
        assertThat(claim(alice, 1, null, null)).hasSize(1);
        assertThat(claim(bob, 9, null, null)).hasSize(2);
    }

    /** A full queue must not hold up those behind it. */
    @Test
    void runs_of_a_full_queue_are_passed_over() {
        Instant now = storeTime();
        for (int i = 0; i < 30; i++) {
            runs().queued(Ready.at(now.minusSeconds(100)));
        }
        RunId elsewhere = queuedElsewhere(Ids.name("queue"), now.minusSeconds(1));
        List<Claim> claims = claim(alice, 1, null, null);
        assertThat(claims).hasSize(2);
        assertThat(claims.get(1).run()).isEqualTo(elsewhere);
        RunId another = queuedElsewhere(Ids.name("queue"), now.minusSeconds(1));
        assertThat(claim(alice, 0, null, null)).extracting(Claim::run).containsExactly(another);
    }

    /** Every limited queue is counted for itself; the number of runs asked for counts for all. */
    @Test
    void each_queue_has_its_own_limit() {
        Instant now = storeTime();
        String other = Ids.name("queue");
        queued(3);
        for (int i = 0; i < 3; i++) {
            queuedElsewhere(other, now);
        }
        QueueLimit[] limits = {new QueueLimit(runs().queue, 2, null, null), new QueueLimit(other, 1, null, null)};
        assertThat(runs().claim(Runs.request(alice, 100, Set.of(runs().workflow), limits)))
                .hasSize(3);
        assertThat(runs().claim(Runs.request(alice, 1, Set.of(runs().workflow), limits)))
                .hasSize(1);
    }

    /** Counted over all nodes, whatever the workflow of the runs they hold. */
    @Test
    void all_nodes_together_hold_no_more_than_everywhere() {
        queued(6);
        assertThat(claim(alice, 9, 3, null)).hasSize(3);
        assertThat(claim(bob, 9, 3, null)).isEmpty();
        assertThat(claim(bob, 9, 4, null)).hasSize(1);
        assertThat(claim(alice, 9, 2, null)).isEmpty();
    }

    /** Ended, given up and taken away runs make room. */
    @Test
    void room_everywhere_returns_when_claims_end() {
        queued(5);
        List<Claim> held = claim(alice, 9, 3, null);
        runs().appended(runs().holding(held.get(0)).status(RunStatus.RUNNING));
        runs().appended(runs().finishing(held.get(0), RunStatus.COMPLETED));
        assertThat(claim(bob, 9, 3, null)).hasSize(1);
        runs().appended(runs().holding(held.get(1)).ready(Ready.never()));
        assertThat(claim(bob, 9, 3, null)).hasSize(1);
        store().queue().leave(bob);
        assertThat(claim(alice, 9, 3, null)).hasSize(2);
        assertThat(claim(alice, 9, 3, null)).isEmpty();
    }

    /** Look for two claims that count before either has written. */
    @Test
    void many_nodes_at_once_do_not_exceed_everywhere() {
        for (int round = 0; round < 5; round++) {
            queued(20);
            List<List<Claim>> byNode = Together.run(6, i -> claim(Ids.node(), 9, 3, null));
            assertThat(byNode.stream().mapToInt(List::size).sum())
                    .as("claims in round %d", round)
                    .isBetween(1, 3);
            store().queue().recover(alice, Duration.ZERO);
        }
    }

    /** For a service that allows so many starts in a period. */
    @Test
    void no_more_first_claims_than_the_rate_allows() {
        queued(5);
        assertThat(claim(alice, 9, null, TWO_AN_HOUR)).hasSize(2);
        assertThat(claim(bob, 9, null, TWO_AN_HOUR)).isEmpty();
        assertThat(claim(bob, 9, null, new Rate(3, Duration.ofHours(1)))).hasSize(1);
    }

    /** A run that comes back was counted when it started. */
    @Test
    void a_run_that_is_claimed_again_is_not_held_up_by_the_rate() {
        queued(4);
        List<Claim> first = claim(alice, 9, null, TWO_AN_HOUR);
        assertThat(first).hasSize(2);
        first.forEach(claim -> runs().appended(runs().holding(claim).ready(Ready.now())));
        assertThat(claim(bob, 9, null, TWO_AN_HOUR))
                .extracting(Claim::run)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Claim::run).toList());
    }

    /** Otherwise a submit that claims at once would go round the rate. */
    @Test
    void a_run_that_is_born_claimed_counts_for_the_rate() {
        queued(3);
        runs().running(alice);
        assertThat(claim(bob, 9, null, TWO_AN_HOUR)).hasSize(1);
    }

    /** The window moves with the store's clock. */
    @Test
    void first_claims_are_forgotten_after_the_period() {
        Rate onePerMoment = new Rate(1, Duration.ofMillis(1));
        queued(2);
        List<Claim> claims = new ArrayList<>(claim(alice, 9, null, onePerMoment));
        assertThat(claims).hasSize(1);
        for (int tries = 0; tries < 100_000 && claims.size() < 2; tries++) {
            adapter().elapse(Duration.ofMillis(1));
            claims.addAll(claim(alice, 9, null, onePerMoment));
        }
        assertThat(claims).hasSize(2);
    }
}
