package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * When a run can be claimed, as its commits say.
 *
 * <p>On failure look at how a commit sets the run's moment of readiness: the holder replaces it, a command from
 * outside only brings it forward, the end of the run clears it.
 */
abstract class ReadinessContract extends WithStore {

    private static final Duration HOUR = Duration.ofHours(1);

    /** A new run waits until it is ready. */
    @Test
    void a_new_run_is_ready_when_its_commit_says() {
        Instant now = storeTime();
        RunId atOnce = runs().queued(Ready.now());
        RunId past = runs().queued(Ready.at(now.minus(HOUR)));
        runs().queued(Ready.at(now.plus(HOUR)));
        runs().queued(Ready.never());
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(atOnce, past);
    }

    /** Giving a claim up says when the run goes on. */
    @Test
    void a_run_that_was_given_up_is_ready_when_its_commit_says() {
        Instant now = storeTime();
        RunId atOnce = runs().suspended(Ready.now());
        RunId past = runs().suspended(Ready.at(now.minus(HOUR)));
        runs().suspended(Ready.at(now.plus(HOUR)));
        runs().suspended(Ready.never());
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(atOnce, past);
    }

    /** Otherwise two nodes would work on it. */
    @Test
    void inv06_a_run_that_is_kept_is_not_ready() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).ready(Ready.held()));
        assertThat(store().queue().held(alice)).containsOnlyKeys(claim.run());
        assertThat(runs().claimed(bob)).isEmpty();
        assertThat(store().queue().nextReady(List.of(runs().workflow))).isEmpty();
    }

    /** A signal for a run that waits, or an operator who wants a delayed run now. */
    @Test
    void a_commit_from_outside_brings_a_run_forward() {
        Instant now = storeTime();
        RunId sleeping = runs().suspended(Ready.at(now.plus(HOUR)));
        RunId waiting = runs().suspended(Ready.never());
        RunId sooner = runs().suspended(Ready.at(now.plus(HOUR)));
        runs().appended(runs().outside(sleeping).ready(Ready.now()));
        runs().appended(runs().outside(waiting).ready(Ready.at(now)));
        runs().appended(runs().outside(sooner).ready(Ready.at(now.plusSeconds(60))));
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(sleeping, waiting);
        assertThat(store().queue().nextReady(List.of(runs().workflow))).contains(now.plusSeconds(60));
    }

    /** Otherwise a command that knows nothing of a wake could undo it. */
    @Test
    void a_commit_from_outside_never_postpones_a_run() {
        Instant now = storeTime();
        RunId ready = runs().suspended(Ready.now());
        RunId queued = runs().queued();
        RunId sleeping = runs().suspended(Ready.at(now.plus(HOUR)));
        for (RunId run : List.of(ready, queued, sleeping)) {
            runs().appended(runs().outside(run).ready(Ready.at(now.plus(HOUR).plus(HOUR))));
            runs().appended(runs().outside(run).ready(Ready.never()));
        }
        assertThat(runs().claimed(alice)).containsExactlyInAnyOrder(ready, queued);
        assertThat(store().queue().nextReady(List.of(runs().workflow))).contains(now.plus(HOUR));
    }

    /** What the holder says last counts; what outside said about a held run does not. */
    @Test
    void a_commit_from_outside_does_not_make_a_held_run_ready_later_on() {
        Claim claim = runs().running(alice);
        runs().appended(runs().outside(claim.run()).ready(Ready.now()));
        assertThat(store().queue().held(alice)).containsOnlyKeys(claim.run());
        runs().appended(runs().holding(claim).ready(Ready.never()));
        assertThat(runs().claimed(bob)).isEmpty();
    }

    /** The holder may postpone: what was before the claim is past. */
    @Test
    void the_holder_may_postpone_its_run() {
        RunId run = runs().queued();
        Claim claim = runs().claimOnly(run, alice);
        runs().appended(runs().holding(claim).ready(Ready.at(storeTime().plus(HOUR))));
        assertThat(runs().claimed(bob)).isEmpty();
    }

    /** An impatient caller must not lose its place. */
    @Test
    void a_run_that_was_ready_keeps_its_place() {
        Instant now = storeTime();
        RunId first = runs().queued(Ready.at(now.minusSeconds(20)));
        RunId second = runs().queued(Ready.at(now.minusSeconds(10)));
        runs().appended(runs().outside(first).ready(Ready.now()));
        assertThat(runs().claimed(alice)).containsExactly(first, second);
    }

    /** Look at what the end of a run does to its moment. */
    @Test
    void inv01_a_terminal_run_is_never_ready() {
        RunId canceled = runs().queued();
        runs().appended(runs().outside(canceled).status(RunStatus.CANCELED).ready(Ready.now()));
        Claim claim = runs().running(alice);
        runs().appended(runs().finishing(claim, RunStatus.COMPLETED).ready(Ready.now()));
        Claim kept = runs().running(alice);
        runs().appended(runs().finishing(kept, RunStatus.FAILED).ready(Ready.held()));
        assertThat(Stream.of(canceled, claim.run(), kept.run()).map(this::view))
                .allSatisfy(
                        view -> assertThat(view.state().status().isTerminal()).isTrue());
        assertThat(runs().claimed(bob)).isEmpty();
        assertThat(store().queue().held(alice)).isEmpty();
        assertThat(store().queue().nextReady(List.of(runs().workflow))).isEmpty();
        store().queue().recover(bob, Duration.ZERO);
        assertThat(runs().claimed(bob)).isEmpty();
    }

    /** Nodes sleep until then. */
    @Test
    void the_next_moment_is_that_of_the_earliest_run() {
        Instant now = storeTime();
        assertThat(store().queue().nextReady(List.of(runs().workflow))).isEmpty();
        runs().queued(Ready.never());
        runs().running(alice);
        assertThat(store().queue().nextReady(List.of(runs().workflow))).isEmpty();
        runs().queued(Ready.at(now.plus(HOUR)));
        runs().suspended(Ready.at(now.plusSeconds(1_000)));
        Optional<Instant> next = store().queue().nextReady(List.of(runs().workflow));
        assertThat(next).contains(now.plusSeconds(1_000));
        runs().queued(Ready.now());
        assertThat(store().queue().nextReady(List.of(runs().workflow)))
                .hasValueSatisfying(moment -> assertThat(moment).isBeforeOrEqualTo(storeTime()));
    }

    /** A node sets room aside for so many, and leaves the rest to runs that are submitted meanwhile. */
    @Test
    void those_are_counted_that_a_claim_would_get() {
        var unknown = new dev.agentrunner.spi.model.WorkflowRef(runs().workflow.name(), "2");
        assertThat(store().queue().ready(List.of(runs().workflow), 10)).isZero();
        runs().queued(Ready.never());
        runs().running(alice);
        runs().suspended(Ready.at(storeTime().plus(HOUR)));
        assertThat(store().queue().ready(List.of(runs().workflow), 10)).isZero();
        runs().queued();
        runs().suspended(Ready.at(storeTime().minus(HOUR)));
        runs().queued();
        assertThat(store().queue().ready(List.of(runs().workflow), 10)).isEqualTo(3);
        assertThat(store().queue().ready(List.of(unknown, runs().workflow), 10)).isEqualTo(3);
        assertThat(store().queue().ready(List.of(runs().workflow), 2)).isEqualTo(2);
        assertThat(store().queue().ready(List.of(unknown), 10)).isZero();
        assertThat(store().queue().ready(List.of(), 10)).isZero();
        assertThat(runs().claimed(bob)).hasSize(3);
        assertThat(store().queue().ready(List.of(runs().workflow), 10)).isZero();
    }

    /** A node is not woken for runs that it cannot execute. */
    @Test
    void the_next_moment_is_that_of_the_asked_workflows_only() {
        runs().queued();
        var unknown = new dev.agentrunner.spi.model.WorkflowRef(runs().workflow.name(), "2");
        assertThat(store().queue().nextReady(List.of(unknown))).isEmpty();
        assertThat(store().queue().nextReady(List.of())).isEmpty();
        assertThat(store().queue().nextReady(List.of(unknown, runs().workflow))).isPresent();
    }
}
