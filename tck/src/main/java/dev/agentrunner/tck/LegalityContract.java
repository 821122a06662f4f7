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
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Draft;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which commits are refused as illegal, and which refusal is reported when several apply.
 *
 * <p>On failure look at the trigger or check that compares the stored row with the new one, and at the order
 * in which a commit's conditions are looked at.
 */
abstract class LegalityContract extends WithStore {

    /** Every pair of statuses; the table is {@code RunStatus.mayBecome}. */
    @Test
    void inv01_a_run_moves_only_as_the_table_allows() {
        for (RunStatus from : RunStatus.values()) {
            for (RunStatus to : RunStatus.values()) {
                RunId run = from == RunStatus.QUEUED
                        ? runs().queued(Ready.never())
                        : from == RunStatus.RUNNING ? runs().suspended(Ready.never()) : runs().finished(from);
                AppendOutcome outcome = runs().append(runs().outside(run).status(to));
                assertThat(outcome)
                        .as("%s → %s", from, to)
                        .isInstanceOf(from.mayBecome(to) ? Appended.class : Illegal.class);
                assertThat(view(run).state().status())
                        .as("after %s → %s", from, to)
                        .isEqualTo(from.mayBecome(to) ? to : from);
            }
        }
    }

    /** A new run counts as QUEUED before its first commit. */
    @Test
    void inv01_a_run_is_created_only_as_what_a_queued_one_may_become() {
        for (RunStatus first : RunStatus.values()) {
            RunId run = Ids.run();
            AppendOutcome outcome = runs().append(runs().creating(run, runs().spec(0, Ids.name("key")))
                    .status(first));
            boolean legal = RunStatus.QUEUED.mayBecome(first);
            assertThat(outcome).as("created as %s", first).isInstanceOf(legal ? Appended.class : Illegal.class);
            assertThat(store().catalog().run(run).isPresent()).isEqualTo(legal);
        }
    }

    /** An illegal creation must not keep its idempotency key. */
    @Test
    void inv03_a_refused_creation_leaves_its_key_free() {
        var spec = runs().spec(0, Ids.name("key"));
        RunId refused = Ids.run();
        assertThat(runs().append(runs().creating(refused, spec).status(RunStatus.FAILED)))
                .isInstanceOf(Illegal.class);
        runs().appended(runs().creating(Ids.run(), spec));
        assertThat(store().log().read(refused, 0, 10)).isEmpty();
    }

    /** Even an event that changes no row. */
    @Test
    void inv03_a_terminal_run_takes_no_more_events() {
        for (RunStatus end : List.of(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELED)) {
            RunId run = runs().finished(end);
            long last = view(run).lastSeq();
            assertThat(runs().append(runs().outside(run).log("too late"))).isInstanceOf(Illegal.class);
            assertThat(view(run).lastSeq()).isEqualTo(last);
        }
    }

    /** Look at the check on the run's recoveries. */
    @Test
    void inv01_recoveries_only_grow() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).row(Rows.recovered(2)));
        assertThat(runs().append(runs().holding(claim).row(Rows.recovered(1)))).isInstanceOf(Illegal.class);
        runs().appended(runs().holding(claim).row(Rows.recovered(2)));
        runs().appended(runs().holding(claim).row(Rows.recovered(3)));
    }

    /** Every pair of statuses; the table is {@code StepStatus.mayBecome}. */
    @Test
    void inv02_a_step_moves_only_as_the_table_allows() {
        Claim claim = runs().running(alice);
        for (StepStatus from : StepStatus.values()) {
            for (StepStatus to : StepStatus.values()) {
                String step = from + "-" + to;
                runs().appended(runs().holding(claim).step(Rows.step(step, from, 1)));
                AppendOutcome outcome = runs().append(runs().holding(claim).step(Rows.step(step, to, 1)));
                assertThat(outcome).as(step).isInstanceOf(from.mayBecome(to) ? Appended.class : Illegal.class);
            }
        }
        assertThat(store().catalog().steps(claim.run())).allSatisfy(seen -> {
            String move = seen.step().id().value();
            StepStatus from = StepStatus.valueOf(move.substring(0, move.indexOf('-')));
            StepStatus to = StepStatus.valueOf(move.substring(move.indexOf('-') + 1));
            assertThat(seen.step().status()).as(move).isEqualTo(from.mayBecome(to) ? to : from);
        });
    }

    /** Look at the check on a step's attempts. */
    @Test
    void inv02_attempts_only_grow() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).step(Rows.step("s", StepStatus.RUNNING, 3, 2)));
        assertThat(runs().append(runs().holding(claim).step(Rows.step("s", StepStatus.RUNNING, 2, 2))))
                .isInstanceOf(Illegal.class);
        assertThat(runs().append(runs().holding(claim).step(Rows.step("s", StepStatus.COMPLETED, 2, 2))))
                .isInstanceOf(Illegal.class);
        runs().appended(runs().holding(claim).step(Rows.step("s", StepStatus.RUNNING, 4, 2)));
    }

    /** One illegal row among legal ones refuses the commit as a whole. */
    @Test
    void inv03_one_illegal_step_refuses_the_whole_commit() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).step(Rows.step("done", StepStatus.COMPLETED, 2)));
        assertThat(runs().append(runs().holding(claim)
                        .step(Rows.step("fine", StepStatus.RUNNING, 4))
                        .step(Rows.step("done", StepStatus.RUNNING, 2))
                        .step(Rows.step("fine too", StepStatus.RUNNING, 4))))
                .isInstanceOf(Illegal.class);
        assertThat(store().catalog().steps(claim.run())).hasSize(1);
    }

    /** Look at the key of the artifacts' table: ids are unique in a run, and a fork may repeat them. */
    @Test
    void inv10_an_artifact_id_is_taken_once_per_run() {
        Claim claim = runs().running(alice);
        Claim other = runs().running(alice);
        ArtifactRow made = Rows.artifact("a");
        runs().appended(runs().holding(claim).artifact(made));
        assertThat(runs().append(runs().holding(claim).artifact(made))).isInstanceOf(Illegal.class);
        assertThat(runs().append(runs().holding(other).artifact(made).artifact(made)))
                .isInstanceOf(Illegal.class);
        runs().appended(runs().holding(other).artifact(made));
        assertThat(store().catalog().artifacts(claim.run())).hasSize(1);
    }

    /** Exists, Conflict for an unknown run, Fenced, Conflict, Illegal: the first that applies is reported. */
    @Test
    void the_first_refusal_in_the_prescribed_order_is_reported() {
        Claim claim = runs().running(alice);
        Draft existsAndIllegal = runs().creating(claim.run(), runs().spec()).status(RunStatus.FAILED);
        assertThat(runs().append(existsAndIllegal)).isEqualTo(new Exists(claim.run()));

        Draft fencedConflictIllegal =
                runs().holding(claim).fence(Fence.holding(9)).expecting(1).status(RunStatus.QUEUED);
        assertThat(runs().append(fencedConflictIllegal)).isEqualTo(new Fenced(1));

        Draft conflictIllegal = runs().holding(claim).expecting(1).status(RunStatus.QUEUED);
        assertThat(runs().append(conflictIllegal)).isEqualTo(new Conflict(2));

        RunId done = runs().finished(RunStatus.COMPLETED);
        Draft fencedIllegal = runs().holding(new Claim(done, 1));
        assertThat(runs().append(fencedIllegal)).isEqualTo(new Fenced(1));
        assertThat(runs().append(runs().outside(done).expecting(1))).isEqualTo(new Conflict(3));
    }
}
