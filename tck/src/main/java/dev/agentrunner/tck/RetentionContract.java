package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Conflict;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.store.Tombstone;
import dev.agentrunner.tck.fixture.Draft;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Purging whole runs that are over.
 *
 * <p>On failure look at what refers to a run in other tables, and at the condition that keeps live runs out.
 */
abstract class RetentionContract extends WithStore {

    /** Look for a table that a purge forgets. */
    @Test
    void inv03_a_purge_removes_the_whole_run_and_leaves_a_tombstone() {
        Claim claim = runs().running(alice);
        RunId run = claim.run();
        runs().appended(runs().holding(claim)
                .step(Rows.step("s", StepStatus.COMPLETED, 2))
                .artifact(Rows.artifact("a", Rows.blob("abc"))));
        Instant finished =
                runs().appended(runs().finishing(claim, RunStatus.FAILED)).at();
        RunId other = runs().finished(RunStatus.COMPLETED);
        Snapshot untouched = Snapshot.of(store(), other);

        assertThat(store().retention().purge(run)).isTrue();

        assertThat(Snapshot.of(store(), run))
                .isEqualTo(new Snapshot(Optional.empty(), List.of(), List.of(), List.of()));
        assertThat(store().log().readAll(List.of(run))).isEmpty();
        assertThat(store().log().feed(0, 100)).extracting(Event::run).doesNotContain(run);
        assertThat(store().catalog().runs(RunQuery.ALL).items())
                .singleElement()
                .satisfies(view -> assertThat(view.id()).isEqualTo(other));
        assertThat(store().catalog().counts()).isEqualTo(Map.of(RunStatus.COMPLETED, 1L));
        assertThat(store().catalog().listed(List.of(Rows.blob("abc").sha256()))).isEmpty();
        Tombstone tombstone = store().retention().tombstone(run).orElseThrow();
        assertThat(tombstone)
                .isEqualTo(new Tombstone(run, runs().workflow, RunStatus.FAILED, 4, finished, tombstone.purgedAt()));
        assertThat(tombstone.purgedAt()).isAfterOrEqualTo(finished);
        assertThat(Snapshot.of(store(), other)).isEqualTo(untouched);
        assertThat(store().retention().tombstone(other)).isEmpty();
    }

    /** Look at the status in the condition. */
    @Test
    void inv03_only_terminal_runs_are_purged() {
        List<RunId> live = List.of(runs().queued(), runs().running(alice).run(), runs().suspended(Ready.never()));
        Instant future = storeTime().plusSeconds(3_600);
        List<Snapshot> before =
                live.stream().map(run -> Snapshot.of(store(), run)).toList();
        assertThat(before).allSatisfy(snapshot -> assertThat(snapshot.view()).isPresent());
        for (RunId run : live) {
            assertThat(store().retention().purge(run)).isFalse();
            assertThat(store().retention().tombstone(run)).isEmpty();
        }
        assertThat(store().retention().purge(Ids.run())).isFalse();
        assertThat(store().retention().purgeFinishedBefore(future, 10)).isEmpty();
        assertThat(live.stream().map(run -> Snapshot.of(store(), run))).isEqualTo(before);
    }

    /** A key belongs to a run as long as the run exists. */
    @Test
    void inv11_a_purge_frees_the_key() {
        RunSpec spec = runs().spec(0, Ids.name("key"));
        RunId first = runs().queued(spec, Ready.never());
        runs().appended(runs().outside(first).status(RunStatus.CANCELED));
        assertThat(store().retention().purge(first)).isTrue();
        assertThat(runs().append(runs().creating(Ids.run(), spec))).isInstanceOf(Appended.class);
    }

    /** In small batches, oldest first, until fewer than asked come back. */
    @Test
    void old_runs_are_purged_in_batches() {
        List<RunId> finished = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            finished.add(runs().finished(RunStatus.COMPLETED));
        }
        Instant future = storeTime().plusSeconds(1);
        assertThat(store().retention().purgeFinishedBefore(storeTime().minusSeconds(3_600), 10))
                .isEmpty();
        List<RunId> first = store().retention().purgeFinishedBefore(future, 2);
        List<RunId> second = store().retention().purgeFinishedBefore(future, 2);
        List<RunId> third = store().retention().purgeFinishedBefore(future, 2);
        assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(2, 2, 1);
        List<RunId> purged = new ArrayList<>(first);
        purged.addAll(second);
        purged.addAll(third);
        assertThat(purged).containsExactlyElementsOf(finished);
        assertThat(store().catalog().counts()).isEmpty();
        assertThat(purged)
                .allSatisfy(
                        run -> assertThat(store().retention().tombstone(run)).isPresent());
    }

    /** Logs of any length: look at how a purge is divided into transactions. */
    @Test
    void inv03_runs_with_long_logs_are_purged_with_the_others() {
        List<RunId> finished = new ArrayList<>();
        for (int events : new int[] {0, 700, 400, 1_200, 0, 0}) {
            Claim claim = runs().running(alice);
            Draft work = runs().holding(claim);
            for (int i = 0; i < events; i++) {
                work.log("line");
            }
            if (events > 0) {
                runs().appended(work);
            }
            runs().appended(runs().finishing(claim, RunStatus.COMPLETED));
            finished.add(claim.run());
        }
        assertThat(store().retention().purgeFinishedBefore(storeTime().plusSeconds(1), 5))
                .containsExactlyElementsOf(finished.subList(0, 5));
        assertThat(store().log().readAll(finished)).containsOnlyKeys(finished.get(5));
        assertThat(store().catalog().counts()).isEqualTo(Map.of(RunStatus.COMPLETED, 1L));
    }

    /** Nodes clean up when they like. */
    @Test
    void inv03_of_those_that_purge_at_once_one_gets_the_run() {
        List<RunId> finished = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            finished.add(runs().finished(RunStatus.COMPLETED));
        }
        Instant future = storeTime().plusSeconds(1);
        List<RunId> purged = new ArrayList<>();
        Together.run(4, i -> store().retention().purgeFinishedBefore(future, 20))
                .forEach(purged::addAll);
        assertThat(purged).containsExactlyInAnyOrderElementsOf(finished);
        assertThat(store().catalog().counts()).isEmpty();
    }

    /** The moment itself does not count. */
    @Test
    void runs_that_finished_at_the_moment_are_kept() {
        Claim claim = runs().running(alice);
        Instant finished =
                runs().appended(runs().finishing(claim, RunStatus.COMPLETED)).at();
        assertThat(store().retention().purgeFinishedBefore(finished, 10)).isEmpty();
        assertThat(store().retention().purgeFinishedBefore(finished.plusMillis(1), 10))
                .containsExactly(claim.run());
    }

    /** A purge of what is gone says so and keeps the tombstone. */
    @Test
    void a_second_purge_does_nothing() {
        RunId run = runs().finished(RunStatus.COMPLETED);
        assertThat(store().retention().purge(run)).isTrue();
        var tombstone = store().retention().tombstone(run);
        assertThat(store().retention().purge(run)).isFalse();
        assertThat(store().retention().tombstone(run)).isEqualTo(tombstone).isPresent();
    }

    /** Late writers meet nothing. */
    @Test
    void inv03_a_purged_run_takes_no_commit() {
        RunId run = runs().finished(RunStatus.COMPLETED);
        var late = runs().outside(run).log("late");
        var holder = runs().holding(new Claim(run, 1)).log("later");
        store().retention().purge(run);
        assertThat(runs().append(late)).isEqualTo(new Conflict(0));
        assertThat(runs().append(holder)).isEqualTo(new Conflict(0));
        assertThat(store().log().read(run, 0, 10)).isEmpty();
    }

    /** Children and forks outlive those they come from. */
    @Test
    void a_run_outlives_its_parent() {
        RunId parent = runs().finished(RunStatus.COMPLETED);
        RunSpec spec = new RunSpec(
                runs().workflow,
                dev.agentrunner.spi.model.QueueSlot.DEFAULT,
                null,
                Map.of(),
                new dev.agentrunner.spi.model.Lineage(parent, parent),
                null);
        RunId child = runs().queued(spec, Ready.never());
        assertThat(store().retention().purge(parent)).isTrue();
        assertThat(view(child).spec()).isEqualTo(spec);
    }

    /** A reader of the feed that stood on a purged event goes on behind it. */
    @Test
    void inv04_the_feed_goes_on_behind_purged_events() {
        RunId kept = runs().queued(Ready.never());
        RunId gone = runs().finished(RunStatus.COMPLETED);
        List<Event> events = store().log().read(gone, 0, 10);
        RunId last = runs().queued(Ready.never());
        store().retention().purge(gone);
        long stoodOn = events.get(1).id();
        assertThat(store().log().feed(stoodOn, 10)).extracting(Event::run).containsExactly(last);
        assertThat(store().log().feed(0, 10)).extracting(Event::run).containsExactly(kept, last);
    }
}
