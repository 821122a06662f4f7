package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Numbers over all runs.
 *
 * <p>On failure look at GROUP BY, and at who is ready: what a claim would be given, were there no limits.
 */
abstract class CensusContract extends WithStore {

    /** Look at GROUP BY. */
    @Test
    void inv05_unfinished_runs_are_counted_by_what_they_are_and_wait_for() {
        assertThat(store().catalog().unfinished()).isEmpty();
        runs().queued();
        runs().queued(Ready.never());
        runs().running(alice);
        runs().finished(RunStatus.FAILED);
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim)
                .log("waits")
                .row(new RunRow(RunStatus.RUNNING, Waiting.SIGNAL, null, false, false, 0))
                .ready(Ready.never()));
        WorkflowRef next = new WorkflowRef(runs().workflow.name(), "2");
        runs().queued(new RunSpec(next, QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null), Ready.never());
        assertThat(store().catalog().unfinished())
                .containsExactlyInAnyOrder(
                        new Unfinished(runs().workflow, RunStatus.QUEUED, null, 2),
                        new Unfinished(runs().workflow, RunStatus.RUNNING, null, 1),
                        new Unfinished(runs().workflow, RunStatus.RUNNING, Waiting.SIGNAL, 1),
                        new Unfinished(next, RunStatus.QUEUED, null, 1));
    }

    /** Look at runs that are held, asleep or over, which nobody can claim. */
    @Test
    void the_backlog_is_what_a_claim_would_be_given() {
        assertThat(store().catalog().backlog()).isEmpty();
        runs().running(alice);
        runs().finished(RunStatus.COMPLETED);
        runs().queued(Ready.never());
        runs().suspended(Ready.at(storeTime().plusSeconds(3_600)));
        assertThat(store().catalog().backlog()).isEmpty();

        RunId first = runs().queued();
        Instant since = view(first).times().created();
        adapter().elapse(Duration.ofMillis(20));
        runs().queued();
        runs().suspended(Ready.now());
        RunSpec elsewhere =
                new RunSpec(runs().workflow, new QueueSlot("a queue", 3), null, Map.of(), Lineage.NONE, null);
        RunId other = Ids.run();
        runs().appended(runs().creating(other, elsewhere));
        assertThat(store().catalog().backlog())
                .containsExactly(
                        new Backlog("a queue", 1, view(other).times().created()), new Backlog(runs().queue, 3, since));

        assertThat(runs().claim(bob)).hasSize(4);
        assertThat(store().catalog().backlog()).isEmpty();
        store().queue().leave(bob);
        assertThat(store().catalog().backlog()).extracting(Backlog::ready).containsExactly(1L, 3L);
    }

    /** A timer that has passed makes its run ready without anybody writing. */
    @Test
    void a_run_joins_the_backlog_when_its_time_has_come() {
        Instant due = storeTime().plusMillis(300);
        runs().suspended(Ready.at(due));
        adapter().elapse(Duration.ofMillis(400));
        assertThat(store().catalog().backlog()).containsExactly(new Backlog(runs().queue, 1, due));
    }
}
