package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is seen of the spending on language models.
 *
 * <p>On failure look at how totals replace each other, and at the type of the column that keeps the cost.
 */
abstract class UsageContract extends WithStore {

    /** A run that is held, with steps that run. */
    private Claim running(String... steps) {
        Claim claim = runs().running(alice);
        for (String step : steps) {
            runs().appended(runs().holding(claim)
                    .step(Rows.step(step, StepStatus.RUNNING, runs().seq(claim.run()) + 1)));
        }
        return claim;
    }

    private Map<String, Spending> bySteps(RunId run) {
        return store().catalog().steps(run).stream()
                .collect(Collectors.toMap(step -> step.step().id().value(), StepView::usage));
    }

    /** The run's usage, after a look whether the list of runs shows the same. */
    private Spending ofRun(RunId run) {
        Spending usage = view(run).usage();
        assertThat(store().catalog().runs(RunQuery.ALL).items())
                .filteredOn(view -> view.id().equals(run))
                .extracting(RunView::usage)
                .containsExactly(usage);
        return usage;
    }

    /** Look at what is shown where nothing is kept. */
    @Test
    void inv05_nothing_is_spent_at_first() {
        Claim claim = running("a");
        assertThat(bySteps(claim.run())).isEqualTo(Map.of("a", Spending.NONE));
        assertThat(ofRun(claim.run())).isEqualTo(Spending.NONE);
        assertThat(ofRun(runs().queued(Ready.never()))).isEqualTo(Spending.NONE);
    }

    /** A commit says what was spent in all, so it is not added to what was known; steps that it does not name stay. */
    @Test
    void inv05_the_last_total_of_a_step_is_shown() {
        Claim claim = running("a", "b");
        runs().appended(runs().holding(claim).spent("a", Rows.spent(1, 0, 0, null)));
        assertThat(bySteps(claim.run())).containsEntry("a", Rows.spent(1, 0, 0, null));
        runs().appended(runs().holding(claim)
                .spent("a", Rows.spent(1, 100, 20, "0.5"))
                .spent("b", Rows.spent(2, 7, 3, null)));
        runs().appended(runs().holding(claim).log("something else"));
        runs().appended(runs().holding(claim).spent("a", Rows.spent(3, 150, 21, "0.75")));

        assertThat(bySteps(claim.run()))
                .isEqualTo(Map.of("a", Rows.spent(3, 150, 21, "0.75"), "b", Rows.spent(2, 7, 3, null)));
        assertThat(ofRun(claim.run())).isEqualTo(Rows.spent(5, 157, 24, "0.75"));
    }

    /** Look at GROUP BY, and at what a run that has ended shows. */
    @Test
    void inv05_a_run_shows_the_sum_of_its_own_steps() {
        Claim first = running("a", "b", "c");
        Claim second = running("a");
        runs().appended(runs().holding(first)
                .spent("a", Rows.spent(1, 10, 1, "0.10"))
                .spent("b", Rows.spent(1, 20, 2, null))
                .spent("c", Rows.spent(1, 30, 3, "0.20")));
        runs().appended(runs().holding(second).spent("a", Rows.spent(9, 9, 9, null)));
        assertThat(ofRun(first.run())).isEqualTo(Rows.spent(3, 60, 6, "0.3"));
        assertThat(ofRun(second.run())).isEqualTo(Rows.spent(9, 9, 9, null));
        runs().appended(runs().finishing(first, RunStatus.COMPLETED));
        assertThat(ofRun(first.run())).isEqualTo(Rows.spent(3, 60, 6, "0.3"));
        assertThat(bySteps(first.run())).containsEntry("b", Rows.spent(1, 20, 2, null));
    }

    /** The step of a commit may be new with it, and its id is any text. */
    @Test
    void inv05_spending_comes_together_with_its_step() {
        Claim claim = runs().running(alice);
        for (String id : List.of("é 日本", "a,b", "1 2 3 -", "'\"%")) {
            runs().appended(runs().holding(claim)
                    .step(Rows.step(id, StepStatus.COMPLETED, runs().seq(claim.run()) + 1))
                    .spent(id, Rows.spent(1, 2, 3, "4")));
        }
        assertThat(bySteps(claim.run())).hasSize(4).values().containsOnly(Rows.spent(1, 2, 3, "4"));
        assertThat(ofRun(claim.run())).isEqualTo(Rows.spent(4, 8, 12, "16"));
    }

    /** Look for floating point. */
    @Test
    void inv05_a_cost_is_kept_to_the_last_digit() {
        Claim claim = running("tiny", "huge", "large", "free");
        Spending tiny = Rows.spent(1, 1, 1, "0.000000000000000000000000000123456789");
        Spending huge = Rows.spent(Integer.MAX_VALUE * 3L, 1L << 60, 1L << 61, "987654321987654321987654321.1");
        Spending large = Rows.spent(1, 0, 0, "2E+3");
        Spending free = Rows.spent(1, 0, 0, "0.00");
        runs().appended(runs().holding(claim)
                .spent("tiny", tiny)
                .spent("huge", huge)
                .spent("large", large)
                .spent("free", free));
        assertThat(bySteps(claim.run())).isEqualTo(Map.of("tiny", tiny, "huge", huge, "large", large, "free", free));
        assertThat(ofRun(claim.run()).costUsd())
                .isEqualTo("987654321987654321987656321.100000000000000000000000000123456789");
        assertThat(ofRun(claim.run()).usage().inputTokens()).isEqualTo((1L << 60) + 1);
    }

    /** Look at what a batch does with two totals of one step. */
    @Test
    void inv05_of_commits_that_come_together_the_last_one_holds() throws Exception {
        Claim claim = running("a", "b");
        long seq = runs().seq(claim.run());
        List<CompletableFuture<AppendOutcome>> underWay = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            underWay.add(store().log()
                    .append(runs().holding(claim)
                            .expecting(seq + i - 1)
                            .spent(i % 2 == 0 ? "a" : "b", Rows.spent(i, i, i, i + "." + i))
                            .commit()));
        }
        for (CompletableFuture<AppendOutcome> each : underWay) {
            assertThat(each.get(60, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
        }
        assertThat(bySteps(claim.run()))
                .isEqualTo(Map.of("a", Rows.spent(100, 100, 100, "100.1"), "b", Rows.spent(99, 99, 99, "99.99")));
    }

    /** Look for a statement of a refused commit that was not rolled back. */
    @Test
    void inv06_a_refused_commit_spends_nothing() {
        Claim claim = running("a");
        Spending before = Rows.spent(1, 2, 3, "0.1");
        runs().appended(runs().holding(claim).spent("a", before));
        Spending never = Rows.spent(9, 9, 9, "9");
        List<AppendOutcome> refusals = List.of(
                runs().append(runs().holding(claim).spent("a", never).expecting(1)),
                runs().append(runs().holding(claim).spent("a", never).fence(Fence.holding(7))),
                runs().append(runs().holding(claim).spent("a", never).status(RunStatus.QUEUED)));
        assertThat(refusals).hasSize(3).noneMatch(Appended.class::isInstance);
        assertThat(bySteps(claim.run())).isEqualTo(Map.of("a", before));
        assertThat(ofRun(claim.run())).isEqualTo(before);
    }

    /** The usage of a purged run goes with it, that of other runs stays. */
    @Test
    void inv03_a_purge_takes_the_usage_of_its_run_only() {
        Claim gone = running("a");
        Claim kept = running("a");
        for (Claim claim : List.of(gone, kept)) {
            runs().appended(runs().holding(claim).spent("a", Rows.spent(1, 2, 3, "0.1")));
            runs().appended(runs().finishing(claim, RunStatus.FAILED));
        }
        assertThat(store().retention().purge(gone.run())).isTrue();
        assertThat(store().catalog().steps(gone.run())).isEmpty();
        assertThat(store().catalog().runs(RunQuery.ALL).items())
                .extracting(RunView::id, RunView::usage)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(kept.run(), Rows.spent(1, 2, 3, "0.1")));
        assertThat(bySteps(kept.run())).isEqualTo(Map.of("a", Rows.spent(1, 2, 3, "0.1")));
    }
}
