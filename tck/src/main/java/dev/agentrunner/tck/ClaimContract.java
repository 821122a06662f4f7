package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.catalog.Owner;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog.Subscription;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.tck.fixture.Draft;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Which runs a claim gives, in what order, and to whom.
 *
 * <p>On failure look at the select that picks runs: its conditions, its order, and the lock that keeps others
 * from picking the same rows.
 */
abstract class ClaimContract extends WithStore {

    /** Look at ORDER BY: priority down, moment up, id up. */
    @Test
    void runs_are_claimed_by_priority_then_age_then_id() {
        Instant now = storeTime();
        RunId lowOld = runs().queued(runs().spec(-5, null), Ready.at(now.minusSeconds(90)));
        RunId normalYoung = runs().queued(runs().spec(0, null), Ready.at(now.minusSeconds(10)));
        RunId normalOld = runs().queued(runs().spec(0, null), Ready.at(now.minusSeconds(20)));
        RunId sameFirst = runs().queued(runs().spec(3, null), Ready.at(now.minusSeconds(50)));
        RunId sameSecond = runs().queued(runs().spec(3, null), Ready.at(now.minusSeconds(50)));
        RunId high = runs().queued(runs().spec(Integer.MAX_VALUE, null), Ready.at(now.minusSeconds(1)));
        RunId least = runs().queued(runs().spec(Integer.MIN_VALUE, null), Ready.at(now.minusSeconds(99)));
        assertThat(runs().claimed(alice))
                .containsExactly(high, sameFirst, sameSecond, normalOld, normalYoung, lowOld, least);
    }

    /** Look at LIMIT. */
    @Test
    void a_claim_gives_no_more_than_asked_and_the_best_ones() {
        Instant now = storeTime();
        List<RunId> ready = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ready.add(runs().queued(Ready.at(now.minusSeconds(100 - i))));
        }
        assertThat(runs().claim(runs().request(alice, 2)))
                .extracting(Claim::run)
                .containsExactlyElementsOf(ready.subList(0, 2));
        assertThat(runs().claim(runs().request(bob, 9)))
                .extracting(Claim::run)
                .containsExactlyElementsOf(ready.subList(2, 5));
        assertThat(runs().claim(runs().request(bob, 9))).isEmpty();
    }

    /** A node that knows only an old version must not get the new one's runs. */
    @Test
    void a_node_gets_only_runs_of_workflows_and_versions_that_it_knows() {
        String name = Ids.name("wf");
        WorkflowRef first = new WorkflowRef(name, "1");
        WorkflowRef second = new WorkflowRef(name, "2");
        RunId old = runs().queued(of(first), Ready.now());
        RunId young = runs().queued(of(second), Ready.now());
        assertThat(claim(Set.of(second))).containsExactly(young);
        assertThat(claim(Set.of())).isEmpty();
        assertThat(claim(Set.of(new WorkflowRef(Ids.name("wf"), "1")))).isEmpty();
        assertThat(claim(Set.of(second, first))).containsExactly(old);
    }

    private static RunSpec of(WorkflowRef workflow) {
        return new RunSpec(workflow, QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null);
    }

    private List<RunId> claim(Set<WorkflowRef> workflows) {
        return runs().claim(Runs.request(alice, 10, workflows)).stream()
                .map(Claim::run)
                .toList();
    }

    /** Look at the row locks of the claim. */
    @Test
    void inv06_no_run_is_given_to_two_nodes() {
        int total = 300;
        for (int i = 0; i < total; i++) {
            runs().queued();
        }
        List<List<Claim>> byNode = Together.run(8, i -> {
            NodeId node = Ids.node();
            List<Claim> mine = new ArrayList<>();
            List<Claim> some = runs().claim(runs().request(node, 7));
            while (!some.isEmpty()) {
                mine.addAll(some);
                some = runs().claim(runs().request(node, 7));
            }
            return mine;
        });
        List<Claim> all = byNode.stream().flatMap(List::stream).toList();
        List<Claim> leftOver = runs().claim(alice);
        assertThat(new HashSet<>(all)).as("claims, each once").hasSameSizeAs(all);
        assertThat(all).extracting(Claim::run).doesNotHaveDuplicates();
        assertThat(all.size() + leftOver.size()).isEqualTo(total);
        assertThat(all).extracting(Claim::epoch).containsOnly(1L);
    }

    /** What was claimed is gone for all others, whatever they ask. */
    @Test
    void inv06_a_claimed_run_is_not_given_again() {
        RunId run = runs().queued();
        runs().claimOnly(run, alice);
        assertThat(runs().claim(alice)).isEmpty();
        assertThat(runs().claim(bob)).isEmpty();
    }

    /** Event, row and claim are one transaction; look at what the claim writes of a run that is QUEUED. */
    @Test
    void a_claim_starts_a_run_that_is_queued() {
        RunId run = runs().queued();
        Claim claim = runs().claimOnly(run, alice);
        RunView view = view(run);
        assertThat(view.state()).isEqualTo(RunRow.QUEUED.started());
        assertThat(view.totals().lastSeq()).isEqualTo(2);
        assertThat(store().queue().held(alice)).isEqualTo(Map.of(run, 2L));
        Event start = store().log().read(run, 1, 10).get(0);
        assertThat(new NewEvent(start.type(), start.step(), start.payload(), start.actor()))
                .isEqualTo(Runs.start(alice, claim.epoch()));
        assertThat(view.times().started()).isEqualTo(start.createdAt());
        runs().appended(runs().finishing(claim, RunStatus.COMPLETED));
    }

    /** Somebody asked for a pause while it was queued. */
    @Test
    void a_run_that_is_started_keeps_what_was_asked_of_it() {
        RunId run = runs().queued();
        RunRow asked = new RunRow(RunStatus.QUEUED, null, null, true, true, 0);
        runs().appended(runs().outside(run).row(asked).ready(Ready.now()).log("asked"));
        runs().claimOnly(run, alice);
        assertThat(view(run).state()).isEqualTo(new RunRow(RunStatus.RUNNING, null, null, true, true, 0));
    }

    /** Look at what is kept of a transaction that failed. */
    @Test
    void where_no_start_can_be_made_nothing_is_claimed() {
        RunId run = runs().queued();
        var failing = new ClaimRequest(alice, 9, Set.of(runs().workflow), List.of(), epoch -> {
            throw new IllegalStateException("no start for epoch " + epoch);
        });
        assertThatThrownBy(() -> store().queue().claim(failing)).hasMessage("no start for epoch 1");
        assertThat(view(run).owner()).isEqualTo(new Owner(null, 0));
        assertThat(runs().claimOnly(run, bob).epoch()).isEqualTo(1);
        assertThat(store().log().read(run, 0, 9)).hasSize(2);
    }

    /** What woke it is for its node to find out. */
    @Test
    void a_claim_writes_nothing_to_a_run_that_runs() {
        RunId run = runs().suspended(Ready.now());
        RunView before = view(run);
        runs().claimOnly(run, bob);
        RunView after = view(run);
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.totals().lastSeq()).isEqualTo(before.totals().lastSeq());
        assertThat(after.times()).isEqualTo(before.times());
    }

    /** Somebody who saw the run as queued decided on what is not so any more. */
    @Test
    void inv04_what_was_decided_before_a_run_started_is_refused() {
        RunId run = runs().queued();
        Draft late = runs().outside(run).status(RunStatus.CANCELED).log("canceled");
        runs().claimOnly(run, alice);
        assertThat(runs().append(late)).isEqualTo(new AppendOutcome.Conflict(2));
        assertThat(view(run).state().status()).isEqualTo(RunStatus.RUNNING);
    }

    /** Else whoever watches the run learns only later that it runs. */
    @Test
    void followers_are_told_that_a_run_started() throws Exception {
        RunId run = runs().queued();
        CompletableFuture<Hint> told = new CompletableFuture<>();
        try (Subscription subscription = store().log().follow(hint -> {
            boolean changed = hint instanceof Hint.Changed of && of.run().equals(run) && of.lastSeq() >= 2;
            if (changed || hint instanceof Hint.Lost) {
                told.complete(hint);
            }
        })) {
            assertThat(subscription).isNotNull();
            runs().claimOnly(run, alice);
            assertThat(told.get(adapter().patience().toMillis(), TimeUnit.MILLISECONDS))
                    .isNotNull();
        }
    }

    /** Nodes ask from time to time what is still theirs. */
    @Test
    void a_node_sees_what_it_holds() {
        Claim kept = runs().running(alice);
        Claim given = runs().running(alice);
        Claim ended = runs().running(alice);
        runs().running(bob);
        runs().appended(runs().holding(kept).log("more"));
        runs().appended(runs().holding(given).ready(Ready.now()));
        runs().appended(runs().finishing(ended, RunStatus.COMPLETED));
        assertThat(store().queue().held(alice)).isEqualTo(Map.of(kept.run(), 3L));
        runs().appended(runs().outside(kept.run()).log("signal"));
        assertThat(store().queue().held(alice)).isEqualTo(Map.of(kept.run(), 4L));
        assertThat(store().queue().held(Ids.node())).isEmpty();
    }
}
