package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Fenced;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Draft;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Runs;
import dev.agentrunner.tck.fixture.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * The invariants of the log and the queue over random interleavings of writers and nodes. All tries of a property share
 * one store; each has a workflow of its own.
 *
 * <p>On failure look at the shortest sequence: its last action broke the invariant that the assertion names.
 */
public abstract class StoreProperties {

    private static final int TRIES = 60;

    private Optional<Store> opened = Optional.empty();

    protected StoreProperties() {}

    /** Opens a store that has nothing in it; the suite closes it. */
    protected abstract Store open() throws Exception;

    /** Removes what the store leaves behind; called after it was closed. */
    protected void dispose() throws Exception {}

    @BeforeProperty
    void openStore() throws Exception {
        opened = Optional.of(open());
    }

    @AfterProperty
    void closeStore() throws Exception {
        opened.ifPresent(Store::close);
        dispose();
    }

    /** Who writes what: the live holder, somebody outside, or a worker whose claim is over. */
    enum Writer {
        HOLDER,
        OUTSIDE,
        STALE
    }

    record Write(Writer writer, int behind, RunStatus status, int step, StepStatus stepStatus, int attempts) {}

    @Provide
    Arbitrary<List<Write>> writes() {
        return Combinators.combine(
                        Arbitraries.of(Writer.class),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
                        Arbitraries.frequency(
                                Tuple.of(20, RunStatus.RUNNING),
                                Tuple.of(1, RunStatus.QUEUED),
                                Tuple.of(1, RunStatus.COMPLETED),
                                Tuple.of(1, RunStatus.CANCELED)),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(StepStatus.class),
                        Arbitraries.integers().between(1, 3))
                .as(Write::new)
                .list()
                .ofMaxSize(25);
    }

    /** INV-1 to INV-4 and INV-6: whatever anybody writes, what can be seen only ever goes forward. */
    @Property(tries = TRIES)
    void inv01_to_inv06_whatever_is_written_goes_forward(@ForAll("writes") List<Write> writes) {
        Store store = opened.orElseThrow();
        Runs runs = new Runs(store);
        Claim stale = runs.running(Ids.node());
        runs.appended(runs.holding(stale).ready(Ready.now()));
        Claim live = runs.claimOnly(stale.run(), Ids.node());
        for (Write write : writes) {
            Snapshot before = Snapshot.of(store, live.run());
            AppendOutcome outcome = runs.append(draft(runs, write, live, stale));
            Snapshot after = Snapshot.of(store, live.run());
            if (outcome instanceof Appended done) {
                assertThat(write.writer()).as("INV-6: who wrote").isNotEqualTo(Writer.STALE);
                assertWentForward(before, after, done);
                assertThat(after.steps())
                        .as("INV-3: the whole commit")
                        .anySatisfy(step -> assertThat(step.step()).isEqualTo(row(write)));
            } else {
                assertThat(after).as("INV-3: after " + outcome).isEqualTo(before);
            }
            if (write.writer() == Writer.STALE) {
                assertThat(outcome).as("INV-6").isEqualTo(new Fenced(live.epoch()));
            }
        }
    }

    private static Draft draft(Runs runs, Write write, Claim live, Claim stale) {
        Draft draft = runs.holding(live);
        if (write.writer() == Writer.OUTSIDE) {
            draft = runs.outside(live.run());
        } else if (write.writer() == Writer.STALE) {
            draft.fence(Fence.holding(stale.epoch()));
        }
        return draft.expecting(runs.seq(live.run()) - write.behind())
                .status(write.status())
                .step(row(write))
                .log("a")
                .log("b");
    }

    private static StepRow row(Write write) {
        return Rows.step("step " + write.step(), write.stepStatus(), write.attempts(), 1);
    }

    private static void assertWentForward(Snapshot before, Snapshot after, Appended done) {
        int known = before.events().size();
        assertThat(after.events().subList(0, known)).as("INV-3").isEqualTo(before.events());
        assertThat(after.events()).as("INV-4").hasSize(known + 2);
        assertThat(done.lastSeq()).as("INV-4").isEqualTo(known + 2);
        for (int i = known; i < known + 2; i++) {
            assertThat(after.events().get(i).seq()).as("INV-4").isEqualTo(i + 1);
            assertThat(after.events().get(i).id())
                    .as("INV-4")
                    .isGreaterThan(after.events().get(i - 1).id());
        }
        RunStatus from = before.view().orElseThrow().state().status();
        RunStatus to = after.view().orElseThrow().state().status();
        assertThat(from.mayBecome(to)).as("INV-1: %s → %s", from, to).isTrue();
        for (var step : before.steps()) {
            var next = after.steps().stream()
                    .filter(other -> other.step().id().equals(step.step().id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("INV-3: step " + step + " is gone"));
            assertThat(next.step().attempts())
                    .as("INV-2")
                    .isGreaterThanOrEqualTo(step.step().attempts());
            assertThat(next.equals(step)
                            || step.step().status().mayBecome(next.step().status()))
                    .as("INV-2: %s → %s", step, next)
                    .isTrue();
        }
    }

    /** What nodes do to runs. */
    enum Act {
        CLAIM,
        BEAT,
        RECOVER,
        LEAVE,
        GIVE_BACK,
        SUBMIT
    }

    record Turn(Act act, int node, int max) {}

    @Provide
    Arbitrary<List<Turn>> turns() {
        return Combinators.combine(
                        Arbitraries.of(Act.class),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 3))
                .as(Turn::new)
                .list()
                .ofMaxSize(30);
    }

    /** INV-6: however nodes claim, die and return, a run is never given to a second one while the first may write. */
    @Property(tries = TRIES)
    void inv06_no_two_claims_of_a_run_are_live(@ForAll("turns") List<Turn> turns) {
        Store store = opened.orElseThrow();
        Runs runs = new Runs(store);
        List<NodeId> nodes = List.of(Ids.node(), Ids.node(), Ids.node());
        Map<RunId, Claim> live = new HashMap<>();
        Map<RunId, NodeId> holder = new HashMap<>();
        Map<RunId, Long> epochs = new HashMap<>();
        for (Turn turn : turns) {
            NodeId node = nodes.get(turn.node());
            switch (turn.act()) {
                case SUBMIT -> runs.queued();
                case BEAT -> store.queue().beat(new NodeBeat(node, 1));
                case CLAIM -> {
                    for (Claim claim : runs.claim(runs.request(node, turn.max()))) {
                        assertThat(live).as("INV-6: live claims").doesNotContainKey(claim.run());
                        assertThat(claim.epoch())
                                .as("INV-6: epoch")
                                .isGreaterThan(epochs.getOrDefault(claim.run(), 0L));
                        live.put(claim.run(), claim);
                        holder.put(claim.run(), node);
                        epochs.put(claim.run(), claim.epoch());
                    }
                }
                case RECOVER -> {
                    List<NodeId> dead = store.queue().recover(node, Duration.ZERO);
                    live.keySet().removeIf(run -> dead.contains(holder.get(run)));
                    assertThat(dead).as("the one who asks").doesNotContain(node);
                }
                case LEAVE -> {
                    store.queue().leave(node);
                    live.keySet().removeIf(run -> node.equals(holder.get(run)));
                }
                case GIVE_BACK ->
                    live.values().stream()
                            .filter(claim -> node.equals(holder.get(claim.run())))
                            .findFirst()
                            .ifPresent(claim -> {
                                runs.appended(runs.holding(claim).ready(Ready.now()));
                                live.remove(claim.run());
                            });
            }
            for (NodeId other : nodes) {
                assertThat(store.queue().held(other).keySet())
                        .as("what %s holds", other)
                        .containsExactlyInAnyOrderElementsOf(live.keySet().stream()
                                .filter(run -> other.equals(holder.get(run)))
                                .toList());
            }
        }
        nodes.forEach(store.queue()::leave);
    }
}
