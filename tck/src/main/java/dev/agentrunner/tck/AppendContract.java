package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Conflict;
import dev.agentrunner.spi.log.AppendOutcome.Exists;
import dev.agentrunner.spi.log.AppendOutcome.Fenced;
import dev.agentrunner.spi.log.AppendOutcome.Illegal;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Draft;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What {@code RunLog.append} writes: everything or nothing, in order, once.
 *
 * <p>On failure look at the transaction around a commit (are all tables in it?), at how a batch treats the
 * commits beside a refused one, and at the conditions in the WHERE clause of the run's row.
 */
abstract class AppendContract extends WithStore {

    /** Look for a table that is written outside the transaction, or by a later one. */
    @Test
    void inv03_an_appended_commit_is_written_whole() {
        RunId sleeper = runs().queued(Ready.never());
        Claim claim = runs().running(alice);
        var artifact = Rows.artifact("report.md");
        Appended outcome = runs().appended(runs().holding(claim)
                .stepEvent(EventType.STEP_STARTED, "draft", "{}")
                .stepEvent(EventType.STEP_COMPLETED, "draft", "{\"result\":1}")
                .step(Rows.step("draft", StepStatus.COMPLETED, 3))
                .artifact(artifact)
                .row(Rows.recovered(2))
                .wakes(sleeper));

        Snapshot seen = Snapshot.of(store(), claim.run());
        assertThat(outcome.lastSeq()).isEqualTo(4);
        assertThat(seen.events()).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(view(claim.run()).lastSeq()).isEqualTo(4);
        assertThat(view(claim.run()).state()).isEqualTo(Rows.recovered(2));
        assertThat(seen.steps()).singleElement().satisfies(step -> {
            assertThat(step.step()).isEqualTo(Rows.step("draft", StepStatus.COMPLETED, 3));
            assertThat(step.outcome()).isEqualTo(seen.events().get(3).payload());
        });
        assertThat(seen.artifacts())
                .singleElement()
                .satisfies(made -> assertThat(made.artifact()).isEqualTo(artifact));
        assertThat(runs().claimed(bob)).containsExactly(sleeper);
    }

    /** Look for a statement of a refused commit that was not rolled back. */
    @Test
    void inv03_a_refused_commit_writes_nothing() {
        RunId sleeper = runs().queued(Ready.never());
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).step(Rows.step("s", StepStatus.COMPLETED, 2)));
        Snapshot before = Snapshot.of(store(), claim.run());
        UnaryOperator<Draft> full = draft -> draft.log("never")
                .step(Rows.step("new", StepStatus.RUNNING, 4))
                .artifact(Rows.artifact("never"))
                .row(Rows.recovered(9))
                .wakes(sleeper);

        List<AppendOutcome> refusals = List.of(
                runs().append(full.apply(runs().holding(claim)).expecting(1)),
                runs().append(full.apply(runs().holding(claim)).fence(Fence.holding(7))),
                runs().append(full.apply(runs().holding(claim)).step(Rows.step("s", StepStatus.RUNNING, 2))),
                runs().append(full.apply(runs().creating(claim.run(), runs().spec()))));

        assertThat(refusals).hasOnlyElementsOfTypes(Conflict.class, Fenced.class, Illegal.class, Exists.class);
        assertThat(refusals).hasSize(4).doesNotHaveDuplicates();
        assertThat(Snapshot.of(store(), claim.run())).isEqualTo(before);
        assertThat(runs().claimed(bob)).as("runs woken by refused commits").isEmpty();
    }

    /** Look at how seqs and ids are given out. */
    @Test
    void inv04_seqs_count_from_one_and_ids_grow_with_them() {
        Claim claim = runs().running(alice);
        for (int i = 0; i < 5; i++) {
            runs().appended(runs().holding(claim).log("a").log("b"));
        }
        List<Event> events = store().log().read(claim.run(), 0, 100);
        assertThat(events).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        assertThat(events).allSatisfy(event -> assertThat(event.run()).isEqualTo(claim.run()));
    }

    /** Look at how a batch orders its commits, and whether one run can sit in two lanes. */
    @Test
    void inv04_commits_of_one_thread_take_effect_in_the_order_of_hand_over() throws Exception {
        Claim claim = runs().running(alice);
        List<CompletableFuture<AppendOutcome>> underWay = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Draft next = runs().holding(claim).expecting(2 + i).event(EventType.LOG, "{\"n\":" + i + "}");
            underWay.add(store().log().append(next.commit()));
        }
        for (int i = 0; i < underWay.size(); i++) {
            assertThat(underWay.get(i).get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Appended.class, done -> assertThat(done.lastSeq()).isGreaterThan(2));
        }
        List<Event> events = store().log().read(claim.run(), 2, 500);
        assertThat(events).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(events.get(i).payload().text()).isEqualTo("{\"n\":" + i + "}");
        }
    }

    /** A chain in one batch must break where its first link is refused. */
    @Test
    void inv04_what_follows_a_refused_commit_is_refused_too() throws Exception {
        Claim claim = runs().running(alice);
        var illegal = store().log()
                .append(runs().holding(claim).status(RunStatus.QUEUED).commit());
        var next = store().log().append(runs().holding(claim).expecting(3).commit());
        assertThat(illegal.get(60, TimeUnit.SECONDS)).isInstanceOf(Illegal.class);
        assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo(new Conflict(2));
        assertThat(view(claim.run()).lastSeq()).isEqualTo(2);
    }

    /** Look at whether the check of the seq and the write are one step. */
    @Test
    void inv04_of_many_writers_at_one_seq_exactly_one_wins() {
        RunId run = runs().queued(Ready.never());
        List<AppendOutcome> outcomes = Together.run(
                8,
                i -> store().log()
                        .append(runs().outside(run).log("writer " + i).commit())
                        .get(60, TimeUnit.SECONDS));
        assertThat(outcomes).filteredOn(Appended.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(o -> !(o instanceof Appended)).containsOnly(new Conflict(2));
        assertThat(store().log().read(run, 0, 10)).hasSize(2);
    }

    /** Commits of different runs must not get in each other's way, whatever becomes of some of them. */
    @Test
    void inv03_a_refused_commit_spares_its_neighbours() {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            claims.add(runs().running(alice));
        }
        List<AppendOutcome> outcomes = Together.run(claims.size(), i -> {
            Draft draft = runs().holding(claims.get(i)).step(Rows.step("s", StepStatus.RUNNING, 3));
            return store().log()
                    .append((i % 3 == 0 ? draft.status(RunStatus.QUEUED) : draft).commit())
                    .get(60, TimeUnit.SECONDS);
        });
        for (int i = 0; i < outcomes.size(); i++) {
            boolean legal = i % 3 != 0;
            assertThat(outcomes.get(i)).isInstanceOf(legal ? Appended.class : Illegal.class);
            assertThat(store().catalog().steps(claims.get(i).run())).hasSize(legal ? 1 : 0);
        }
    }

    /** Look at what is told to a writer who is behind: it goes on from there. */
    @Test
    void a_conflict_tells_the_last_seq() {
        Claim claim = runs().running(alice);
        assertThat(runs().append(runs().holding(claim).expecting(1))).isEqualTo(new Conflict(2));
        assertThat(runs().append(runs().holding(claim).expecting(3))).isEqualTo(new Conflict(2));
        assertThat(runs().append(runs().outside(claim.run()).expecting(1))).isEqualTo(new Conflict(2));
    }

    /** Zero is the last seq of a run that is not there. */
    @Test
    void an_unknown_run_conflicts_at_zero() {
        RunId known = runs().queued();
        RunId unknown = Ids.run();
        var outside = runs().outside(known).commit();
        var holding = runs().holding(new Claim(known, 3)).commit();
        for (var commit : List.of(outside, holding)) {
            var moved = new dev.agentrunner.spi.log.Commit(
                    unknown, commit.fence(), 1, commit.events(), commit.projection());
            assertThat(store().log().append(moved).join()).isEqualTo(new Conflict(0));
        }
        assertThat(store().catalog().run(unknown)).isEmpty();
    }
}
