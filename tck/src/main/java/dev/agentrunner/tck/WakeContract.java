package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * One run waking another: a child that ends wakes its parent.
 *
 * <p>On failure look for a wake that is written to a run which is just being given up; a lost wake is a run
 * that waits for ever.
 */
abstract class WakeContract extends WithStore {

    private void wake(RunId run) {
        RunId waker = runs().queued(Ready.never());
        runs().appended(runs().outside(waker).wakes(run));
    }

    /** Whether it sleeps or waits for something else. */
    @Test
    void a_wake_makes_a_waiting_run_ready_now() {
        RunId waiting = runs().suspended(Ready.never());
        RunId sleeping = runs().suspended(Ready.at(storeTime().plusSeconds(3_600)));
        wake(waiting);
        wake(sleeping);
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(waiting, sleeping);
    }

    /** A commit may wake several, also when it creates a run or ends one. */
    @Test
    void every_kind_of_commit_wakes() {
        RunId one = runs().suspended(Ready.never());
        RunId two = runs().suspended(Ready.never());
        RunId three = runs().suspended(Ready.never());
        runs().appended(runs().creating(Ids.run(), runs().spec())
                .ready(Ready.never())
                .wakes(one));
        Claim claim = runs().running(bob);
        runs().appended(runs().finishing(claim, RunStatus.COMPLETED).wakes(two, three, two));
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(one, two, three);
    }

    /** A run that is ready already keeps its place. */
    @Test
    void a_wake_does_not_postpone_a_ready_run() {
        var now = storeTime();
        RunId first = runs().queued(Ready.at(now.minusSeconds(20)));
        RunId second = runs().queued(Ready.at(now.minusSeconds(10)));
        wake(first);
        assertThat(runs().claimed(alice)).containsExactly(first, second);
    }

    /** The parent is about to wait while the child ends: it must find out. */
    @Test
    void a_wake_of_a_held_run_is_remembered_until_its_claim_ends() {
        for (Ready until : new Ready[] {Ready.never(), Ready.at(storeTime().plusSeconds(3_600))}) {
            Claim claim = runs().running(alice);
            wake(claim.run());
            assertThat(runs().claimed(bob)).as("while it is held").isEmpty();
            runs().appended(runs().holding(claim).log("still here"));
            runs().appended(runs().holding(claim).ready(until));
            assertThat(runs().claimed(bob)).containsExactly(claim.run());
            store().queue().leave(bob);
            runs().claim(alice);
        }
    }

    /** Otherwise it would wake the run again and again. */
    @Test
    void a_remembered_wake_is_used_up_by_the_next_claim() {
        Claim claim = runs().running(alice);
        wake(claim.run());
        runs().appended(runs().holding(claim).ready(Ready.never()));
        Claim next = runs().claimOnly(claim.run(), bob);
        runs().appended(runs().holding(next).ready(Ready.never()));
        assertThat(runs().claimed(alice)).isEmpty();
    }

    /** A wake that the node did not live to see. */
    @Test
    void a_remembered_wake_does_not_outlive_a_recovery_and_claim() {
        Claim claim = runs().running(alice);
        wake(claim.run());
        store().queue().recover(bob, Duration.ZERO);
        Claim next = runs().claimOnly(claim.run(), bob);
        runs().appended(runs().holding(next).ready(Ready.never()));
        assertThat(runs().claimed(alice)).isEmpty();
    }

    /** Look at the condition under which a wake touches a run. */
    @Test
    void inv01_a_wake_never_touches_a_terminal_or_unknown_run() {
        RunId done = runs().finished(RunStatus.COMPLETED);
        var before = view(done);
        wake(done);
        wake(Ids.run());
        assertThat(runs().claimed(alice)).isEmpty();
        assertThat(view(done)).isEqualTo(before);
    }

    /** Nothing else of the woken run may change: the wake is not an event. */
    @Test
    void inv05_a_wake_changes_only_readiness() {
        RunId waiting = runs().suspended(Ready.never());
        var before = view(waiting);
        wake(waiting);
        assertThat(view(waiting)).isEqualTo(before);
        Claim claim = runs().running(alice);
        var held = view(claim.run());
        wake(claim.run());
        assertThat(view(claim.run())).isEqualTo(held);
    }

    /** Whoever comes first, the run ends up ready. */
    @Test
    void a_wake_beside_the_giving_up_of_the_claim_is_not_lost() {
        for (int round = 0; round < 20; round++) {
            Claim parent = runs().running(alice);
            RunId child = runs().queued(Ready.never());
            var giveUp = runs().holding(parent).ready(Ready.never()).commit();
            var wake = runs().outside(child).wakes(parent.run()).commit();
            Together.run(2, i -> store().log().append(i == 0 ? giveUp : wake).get(60, TimeUnit.SECONDS));
            assertThat(runs().claimed(bob)).as("round %d", round).containsExactly(parent.run());
        }
    }

    /** Two runs that wake each other at the same time. */
    @Test
    void wakes_across_each_other_both_arrive() {
        for (int round = 0; round < 20; round++) {
            RunId one = runs().suspended(Ready.never());
            RunId two = runs().suspended(Ready.never());
            var wakesTwo = runs().outside(one).wakes(two).commit();
            var wakesOne = runs().outside(two).wakes(one).commit();
            Together.run(
                    2, i -> store().log().append(i == 0 ? wakesTwo : wakesOne).get(60, TimeUnit.SECONDS));
            assertThat(runs().claimed(alice)).as("round %d", round).containsExactlyInAnyOrder(one, two);
        }
    }
}
