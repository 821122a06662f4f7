package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.Owner;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Conflict;
import dev.agentrunner.spi.log.AppendOutcome.Fenced;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Who may write to a run: the node whose claim is live, with its epoch, and commands from outside.
 *
 * <p>On failure look at the condition on epoch and owner in the update of the run's row; a missing one lets two
 * nodes write the same run.
 */
abstract class FencingContract extends WithStore {

    /** The run was recovered and claimed by another node: the first one must not write any more. */
    @Test
    void inv06_a_stale_epoch_writes_nothing() {
        RunId run = runs().queued();
        Claim stale = runs().claimOnly(run, alice);
        runs().appended(runs().holding(stale).status(RunStatus.RUNNING));
        store().queue().recover(bob, Duration.ZERO);
        Claim live = runs().claimOnly(run, bob);
        Snapshot before = Snapshot.of(store(), run);

        assertThat(runs().append(runs().holding(stale))).isEqualTo(new Fenced(live.epoch()));
        assertThat(runs().append(runs().holding(stale).status(RunStatus.COMPLETED)))
                .isEqualTo(new Fenced(live.epoch()));
        assertThat(Snapshot.of(store(), run)).isEqualTo(before);
        runs().appended(runs().holding(live).log("goes on"));
    }

    /** Taken away, and not yet claimed again. */
    @Test
    void inv06_a_claim_that_was_taken_away_cannot_write() {
        Claim claim = runs().running(alice);
        store().queue().leave(alice);
        assertThat(runs().append(runs().holding(claim))).isEqualTo(new Fenced(claim.epoch() + 1));
    }

    /** The epoch is still the same then, so comparing epochs is not enough. */
    @Test
    void inv06_a_claim_that_was_given_up_cannot_write() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).ready(Ready.never()));
        assertThat(runs().append(runs().holding(claim))).isEqualTo(new Fenced(1));
        assertThat(runs().append(runs().holding(claim).ready(Ready.now()))).isEqualTo(new Fenced(1));
        assertThat(runs().claimed(bob)).isEmpty();
    }

    /** Epochs cannot be guessed ahead. */
    @Test
    void inv06_an_epoch_that_was_never_given_cannot_write() {
        Claim claim = runs().running(alice);
        for (long epoch : new long[] {0, 2, -1, Long.MAX_VALUE}) {
            assertThat(runs().append(runs().holding(claim).fence(Fence.holding(epoch))))
                    .as("epoch %d", epoch)
                    .isEqualTo(new Fenced(1));
        }
        RunId unclaimed = runs().queued();
        assertThat(runs().append(runs().holding(new Claim(unclaimed, 0)).ready(Ready.never())))
                .isEqualTo(new Fenced(0));
    }

    /** A canceled run is nobody's, though its epoch did not change. */
    @Test
    void inv06_the_end_of_a_run_ends_its_claim() {
        Claim claim = runs().running(alice);
        runs().appended(runs().outside(claim.run()).status(RunStatus.CANCELED));
        assertThat(runs().append(runs().holding(claim))).isEqualTo(new Fenced(1));
        assertThat(store().queue().held(alice)).isEmpty();
        assertThat(view(claim.run()).owner()).isEqualTo(new Owner(null, 1));
    }

    /** Two nodes that both believe to hold the run: their writes never mix. */
    @Test
    void inv06_two_believers_never_both_write() {
        for (int round = 0; round < 5; round++) {
            Claim old = runs().running(alice);
            store().queue().leave(alice);
            List<AppendOutcome> outcomes = Together.run(2, i -> {
                if (i == 0) {
                    return store().log()
                            .append(runs().holding(old).log("old").commit())
                            .get(60, TimeUnit.SECONDS);
                }
                Claim live = runs().claimOnceFree(old.run(), bob, adapter().patience());
                return store().log()
                        .append(runs().holding(live).log("new").commit())
                        .get(60, TimeUnit.SECONDS);
            });
            assertThat(outcomes.get(0)).isInstanceOf(Fenced.class);
            assertThat(outcomes.get(1)).isInstanceOf(Appended.class);
            assertThat(store().log().read(old.run(), 2, 10))
                    .singleElement()
                    .satisfies(event -> assertThat(event.payload().text()).contains("new"));
        }
    }

    /** Look at the epochs that claims and recoveries give. */
    @Test
    void inv06_every_change_of_hands_raises_the_epoch_by_one() {
        RunId run = runs().queued();
        assertThat(view(run).owner()).isEqualTo(new Owner(null, 0));
        assertThat(runs().claimOnly(run, alice)).isEqualTo(new Claim(run, 1));
        assertThat(view(run).owner()).isEqualTo(new Owner(alice, 1));
        store().queue().recover(bob, Duration.ZERO);
        assertThat(view(run).owner()).isEqualTo(new Owner(null, 2));
        Claim third = runs().claimOnly(run, bob);
        assertThat(third.epoch()).isEqualTo(3);
        runs().appended(runs().holding(third).ready(Ready.now()));
        assertThat(view(run).owner()).isEqualTo(new Owner(null, 3));
        assertThat(runs().claimOnly(run, alice).epoch()).isEqualTo(4);
    }

    /** Submit and claim in one commit. */
    @Test
    void inv06_a_run_that_is_born_claimed_has_epoch_one_and_its_owner() {
        RunId run = Ids.run();
        runs().appended(runs().creatingClaimed(run, runs().spec(), alice));
        assertThat(view(run).owner()).isEqualTo(new Owner(alice, 1));
        assertThat(store().queue().held(alice)).containsExactly(java.util.Map.entry(run, 2L));
        assertThat(runs().claimed(bob)).isEmpty();
        runs().appended(runs().holding(new Claim(run, 1)).log("goes on"));
    }

    /** A run can be born, worked on and given up in one commit. */
    @Test
    void inv06_a_run_may_be_born_claimed_and_given_up_at_once() {
        RunId run = Ids.run();
        runs().appended(runs().creatingClaimed(run, runs().spec(), alice).ready(Ready.now()));
        assertThat(view(run).owner()).isEqualTo(new Owner(null, 1));
        assertThat(runs().claimOnly(run, bob).epoch()).isEqualTo(2);
    }

    /** A signal must not cost the holder its claim; it is told by a conflict and goes on. */
    @Test
    void inv06_a_commit_from_outside_leaves_a_live_claim_alone() {
        Claim claim = runs().running(alice);
        var mine = runs().holding(claim).log("mine").commit();
        for (Ready ready : List.of(Ready.never(), Ready.now(), Ready.at(storeTime()))) {
            runs().appended(runs().outside(claim.run()).log("signal").ready(ready));
        }
        assertThat(view(claim.run()).owner()).isEqualTo(new Owner(alice, 1));
        assertThat(runs().claimed(bob)).isEmpty();
        assertThat(store().log().append(mine).join()).isEqualTo(new Conflict(5));
        runs().appended(runs().holding(claim).row(Rows.run(RunStatus.RUNNING)));
    }
}
