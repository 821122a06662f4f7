package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Times;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.store.Tombstone;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One contestant's store, seen so that it can be compared with others: instead of moments, the number of the operation
 * that happened then; instead of global ids, places in the feed.
 */
final class Lens {

    final Contestant contestant;
    private final Map<Instant, Integer> operations = new HashMap<>();
    private int operation;

    @Nullable String cursor;

    Lens(Contestant contestant) {
        this.contestant = contestant;
    }

    Store store() {
        return contestant.store();
    }

    void begin(int number) {
        operation = number;
        contestant.tick().run();
    }

    /** Learns that the operation under way happened at this moment. */
    void happened(Instant at) {
        operations.put(at, operation);
    }

    /** Fixed moments stay; others become the operation that happened then. */
    String when(@Nullable Instant moment) {
        if (moment == null) {
            return "never";
        }
        Integer number = operations.get(moment);
        return number != null ? "op " + number : Moments.isFixed(moment) ? moment.toString() : "some time";
    }

    private String times(Times times) {
        return when(times.created()) + "/" + when(times.started()) + "/" + when(times.finished());
    }

    String event(Event event) {
        return event.run() + "#" + event.seq() + " " + event.fact() + " at " + when(event.createdAt());
    }

    String run(RunView run) {
        return run.id() + " " + run.spec() + " " + run.state() + " " + run.owner() + " " + run.lastSeq() + " "
                + times(run.times()) + " " + run.payloads() + " " + run.usage();
    }

    private String step(StepView step) {
        return step.run() + " " + step.step() + " " + times(step.times()) + " " + step.outcome() + " " + step.usage();
    }

    private String artifact(ArtifactView made) {
        return made.run() + " " + made.artifact() + " " + when(made.createdAt());
    }

    private String node(NodeView node) {
        return node.id() + " " + when(node.startedAt()) + " " + when(node.lastHeartbeat()) + " " + node.capacity() + " "
                + node.runsHeld();
    }

    private String tombstone(Tombstone stone) {
        return stone.run() + " " + stone.workflow() + " " + stone.status() + " " + stone.lastSeq() + " "
                + when(stone.finishedAt());
    }

    /** Everything there is to see of a run. */
    List<Object> snapshot(RunId run) {
        return List.of(
                store().catalog().run(run).map(this::run),
                store().log().read(run, 0, Integer.MAX_VALUE).stream()
                        .map(this::event)
                        .toList(),
                store().catalog().steps(run).stream().map(this::step).toList(),
                store().catalog().artifacts(run).stream().map(this::artifact).toList(),
                store().retention().tombstone(run).map(this::tombstone));
    }

    /** What there is beside runs. */
    List<Object> surroundings() {
        return List.of(
                store().catalog().counts(),
                Set.copyOf(store().catalog().unfinished()),
                store().catalog().nodes().stream().map(this::node).toList());
    }
}
