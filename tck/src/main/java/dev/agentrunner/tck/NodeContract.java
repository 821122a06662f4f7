package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nodes live, die and leave. With a time-out of zero every other node counts as dead, so nothing waits.
 *
 * <p>Epochs: a run is born claimed with 1, taken away with 2, claimed again with 3.
 *
 * <p>On failure look at the join of nodes and held runs, and at the clock that beats are measured by.
 */
abstract class NodeContract extends WithStore {

    private void beat(NodeId... nodes) {
        for (NodeId node : nodes) {
            store().queue().beat(new NodeBeat(node, 4));
        }
    }

    private Optional<NodeView> node(NodeId id) {
        return store().catalog().nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst();
    }

    /** Look at what a beat writes the first time and later. */
    @Test
    void a_beat_makes_a_node_known() {
        assertThat(store().catalog().nodes()).isEmpty();
        Instant first = store().queue().beat(new NodeBeat(alice, 4));
        assertThat(node(alice)).contains(new NodeView(alice, first, first, 4, 0));
        runs().running(alice);
        Instant second = store().queue().beat(new NodeBeat(alice, 7));
        assertThat(second).isAfterOrEqualTo(first);
        assertThat(node(alice)).contains(new NodeView(alice, first, second, 7, 1));
    }

    /** The console shows them in a stable order. */
    @Test
    void nodes_are_listed_by_id() {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(Ids.node());
        }
        beat(nodes.get(2), nodes.get(0), nodes.get(3), nodes.get(1));
        assertThat(store().catalog().nodes()).extracting(NodeView::id).containsExactlyElementsOf(nodes);
    }

    /** They are ready at once, and the dead node is forgotten. */
    @Test
    void inv07_runs_of_dead_nodes_are_ready_again() {
        beat(alice, bob);
        Claim one = runs().running(alice);
        Claim two = runs().running(alice);
        Claim mine = runs().running(bob);
        assertThat(store().queue().recover(bob, Duration.ZERO)).containsExactly(alice);
        assertThat(node(alice)).isEmpty();
        assertThat(store().queue().held(alice)).isEmpty();
        assertThat(store().queue().held(bob)).containsOnlyKeys(mine.run());
        assertThat(runs().claim(bob)).containsExactlyInAnyOrder(new Claim(one.run(), 3), new Claim(two.run(), 3));
    }

    /** A dead node's beat may have been lost together with its memory. */
    @Test
    void inv07_runs_of_a_node_that_never_beat_are_recovered_too() {
        beat(bob);
        Claim lost = runs().running(alice);
        assertThat(store().queue().recover(bob, Duration.ofDays(1))).containsExactly(alice);
        assertThat(runs().claimOnly(lost.run(), bob).epoch()).isEqualTo(3);
    }

    /** A slow node must not shoot itself. */
    @Test
    void recovery_never_touches_the_one_who_asks() {
        beat(alice);
        Claim known = runs().running(alice);
        Claim unknown = runs().running(bob);
        assertThat(store().queue().recover(alice, Duration.ZERO)).containsExactly(bob);
        assertThat(store().queue().held(alice)).containsOnlyKeys(known.run());
        assertThat(runs().claimOnly(unknown.run(), bob).epoch()).isEqualTo(3);
        assertThat(store().queue().recover(bob, Duration.ZERO)).containsExactly(alice);
    }

    /** Look at the comparison with the time-out. */
    @Test
    void the_living_keep_their_runs() {
        beat(alice, bob);
        Claim claim = runs().running(alice);
        assertThat(store().queue().recover(bob, Duration.ofHours(1))).isEmpty();
        assertThat(store().queue().held(alice)).containsOnlyKeys(claim.run());
        assertThat(node(alice)).isPresent();
        runs().appended(runs().holding(claim).log("goes on"));
    }

    /** Runs that wait belong to nobody: a death changes nothing for them. */
    @Test
    void recovery_touches_only_held_runs() {
        beat(alice);
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).ready(Ready.never()));
        RunId sleeping = runs().suspended(Ready.at(storeTime().plusSeconds(3_600)));
        var before = List.of(view(claim.run()), view(sleeping));
        store().queue().recover(bob, Duration.ZERO);
        assertThat(List.of(view(claim.run()), view(sleeping))).isEqualTo(before);
        assertThat(runs().claimed(bob)).isEmpty();
    }

    /** The answer names each dead node once, in order, also those without runs. */
    @Test
    void recovery_names_the_dead() {
        NodeId carol = Ids.node();
        beat(carol, alice);
        runs().running(bob);
        runs().running(carol);
        NodeId self = Ids.node();
        assertThat(store().queue().recover(self, Duration.ZERO)).containsExactly(alice, bob, carol);
        assertThat(store().queue().recover(self, Duration.ZERO)).isEmpty();
    }

    /** Two nodes notice a death at the same time: the runs move once. */
    @Test
    void inv06_two_recoveries_at_once_take_a_run_away_once() {
        for (int round = 0; round < 10; round++) {
            NodeId dead = Ids.node();
            beat(dead);
            Claim claim = runs().running(dead);
            List<List<NodeId>> answers =
                    Together.run(2, i -> store().queue().recover(i == 0 ? alice : bob, Duration.ZERO));
            assertThat(answers.stream().flatMap(List::stream)).containsOnly(dead);
            Claim again = runs().claimOnly(claim.run(), bob);
            assertThat(again.epoch()).isEqualTo(3);
            runs().appended(runs().finishing(again, RunStatus.COMPLETED));
        }
    }

    /** A clean stop gives everything back at once. */
    @Test
    void a_node_that_leaves_gives_its_runs_back() {
        beat(alice, bob);
        Claim given = runs().running(alice);
        Claim kept = runs().running(bob);
        store().queue().leave(alice);
        assertThat(node(alice)).isEmpty();
        assertThat(node(bob)).isPresent();
        assertThat(runs().claim(bob)).containsExactly(new Claim(given.run(), 3));
        assertThat(store().queue().held(bob)).containsOnlyKeys(given.run(), kept.run());
        store().queue().leave(alice);
        store().queue().leave(Ids.node());
        assertThat(store().queue().held(bob)).hasSize(2);
    }

    /** A node that was taken for dead and comes back starts anew. */
    @Test
    void a_forgotten_node_may_come_back() {
        beat(alice);
        store().queue().recover(bob, Duration.ZERO);
        Instant again = store().queue().beat(new NodeBeat(alice, 2));
        assertThat(node(alice)).contains(new NodeView(alice, again, again, 2, 0));
        RunId run = runs().queued();
        assertThat(runs().claimed(alice)).containsExactly(run);
    }

    /** Recovered runs queue up by the moment of the recovery. */
    @Test
    void inv07_recovered_runs_are_ready_from_now_on() {
        Instant now = storeTime();
        Claim lost = runs().running(alice);
        RunId older = runs().queued(Ready.at(now.minusSeconds(60)));
        store().queue().leave(alice);
        assertThat(runs().claimed(bob)).containsExactly(older, lost.run());
        assertThat(Stream.of(view(lost.run()), view(older)))
                .allSatisfy(view -> assertThat(view.owner().node()).isEqualTo(bob));
    }
}
