package dev.agentrunner.engine.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.engine.prefix.Family.Member;
import dev.agentrunner.engine.prefix.Witness.Execution;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.store.Store;
import java.util.List;
import java.util.Map;

/** A log that was cut, and what another node made of its beginning. */
final class Resumption {

    private final Family whole;
    private final Cut cut;
    private final Family prefix;
    private final Map<RunId, RunId> ids;
    private final long lastSown;

    /** Writes what is left of the log. */
    Resumption(Store store, Seed seed, Family whole, Cut cut) {
        this.whole = whole;
        this.cut = cut;
        this.prefix = cut.of(whole);
        this.ids = sown(seed);
        this.lastSown = Family.read(store.log(), root())
                .inOrder()
                .mapToLong(Event::id)
                .max()
                .orElseThrow();
    }

    private Map<RunId, RunId> sown(Seed seed) {
        try {
            return seed.sow(prefix, cut.claimed());
        } catch (AssertionError e) {
            throw new AssertionError("The store refuses what it took before, " + this + "\n" + e.getMessage(), e);
        }
    }

    RunId root() {
        return ids.get(prefix.root().run());
    }

    /** The id of the last event that is the same in both. */
    long lastSown() {
        return lastSown;
    }

    Family prefix() {
        return prefix;
    }

    /** What was read once must be read again wherever the log tells it, or what it follows from. */
    void remember(Witness before, Witness now) {
        prefix.members().forEach(member -> now.expectRandomsOf(before, member.run(), ids.get(member.run())));
    }

    /** Checks what came of it. */
    void check(Family ended, RunCatalog catalog, Witness witness, Map<String, Outcome> uninterrupted) {
        ended.members().forEach(member -> witness.check(member.run()));
        prefix.members().forEach(member -> checkExecutions(member, witness));
        ended.members().forEach(member -> checkMoments(member, witness));
        ended.members().forEach(member -> checkRows(member, catalog));
        assertThat(Outcome.of(ended)).isEqualTo(Outcome.after(prefix, uninterrupted));
    }

    /** INV-5: what is shown is the fold of the log. */
    private static void checkRows(Member member, RunCatalog catalog) {
        RunHistory history = member.history();
        assertThat(catalog.run(member.run()).orElseThrow().state())
                .isEqualTo(history.run().row());
        assertThat(catalog.steps(member.run()).stream().map(step -> step.step()).toList())
                .isEqualTo(history.steps().stream().map(StepState::row).toList());
    }

    private static void checkMoments(Member member, Witness witness) {
        List<String> recorded = member.history().steps().stream()
                .filter(step -> step.row().kind().equals("now") && step.result() != null)
                .map(step -> step.result().inline().tree().asText())
                .toList();
        assertThat(witness.momentsOf(member.run()))
                .allSatisfy(moment -> assertThat(recorded).contains(moment.toString()));
    }

    /** A step that has ended is not executed again (INV-2), nor one that must run at most once and had begun (INV-8). */
    private void checkExecutions(Member member, Witness witness) {
        RunHistory before = member.history();
        for (Execution execution : witness.executionsOf(ids.get(member.run()))) {
            StepId step = execution.step();
            StepState known = before.step(step);
            assertThat(known.status().isTerminal()).as("%s had ended", step).isFalse();
            assertThat(known.status() == StepStatus.RUNNING && Outcome.isOnce(step))
                    .as("%s had begun", step)
                    .isFalse();
            assertThat(execution.attempt())
                    .as("attempt of %s", step)
                    .isGreaterThan(known.row().attempts());
        }
    }

    /** For people who look for the cause. */
    @Override
    public String toString() {
        return cut + ":\n" + whole.text(event -> isKept(event) ? "  kept" : "  lost");
    }

    private boolean isKept(Event event) {
        return prefix.members().stream().anyMatch(member -> member.events().contains(event));
    }
}
