package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the caller of the stores knows: the runs it has created, how far they were, which claims it was given. Turns the
 * small numbers of an {@link Op} into something that mostly makes sense.
 */
final class World {

    private final List<NodeId> nodes = List.of(Ids.node(), Ids.node(), Ids.node());
    final List<WorkflowRef> workflows =
            List.of(new WorkflowRef(Ids.name("wf"), "1"), new WorkflowRef(Ids.name("wf"), "1"));
    final List<String> queues = List.of("default", Ids.name("queue"));
    final List<String> keys = List.of(Ids.name("key"), Ids.name("key"), Ids.name("key"));
    private final Map<RunId, Known> runs = new LinkedHashMap<>();
    private final Map<RunId, List<Claim>> claims = new HashMap<>();
    final Set<RunId> purged = new LinkedHashSet<>();

    /** A run as its last appended commit left it. */
    record Known(long seq, RunRow row) {}

    NodeId node(int choice) {
        return nodes.get(Math.floorMod(choice, nodes.size()));
    }

    /** A run that was created at some time, or sometimes one that nobody knows. */
    RunId run(int choice) {
        List<RunId> all = new ArrayList<>(runs.keySet());
        int index = Math.floorMod(choice, all.size() + 1);
        return index == all.size() ? Ids.run() : all.get(index);
    }

    /** A run that was claimed at some time, if there is one; sometimes any other. */
    RunId claimedRun(int choice) {
        List<RunId> all = runs.keySet().stream().filter(claims::containsKey).toList();
        return all.isEmpty() || choice % 8 == 0 ? run(choice) : all.get(choice % all.size());
    }

    /** A run that has ended and was not purged, if there is one; sometimes any other. */
    RunId endedRun(int choice) {
        List<RunId> all = runs.keySet().stream()
                .filter(run -> known(run).row().status().isTerminal() && !purged.contains(run))
                .toList();
        return all.isEmpty() || choice % 4 == 0 ? run(choice) : all.get(choice % all.size());
    }

    /** Everything that was ever created. */
    Set<RunId> all() {
        return runs.keySet();
    }

    Known known(RunId run) {
        return runs.getOrDefault(run, new Known(1, RunRow.QUEUED));
    }

    void wrote(RunId run, long seq, RunRow row) {
        runs.put(run, new Known(seq, row));
    }

    void claimed(Claim claim) {
        Known last = known(claim.run());
        if (last.row().status() == RunStatus.QUEUED) {
            wrote(claim.run(), last.seq() + 1, last.row().started());
        }
        born(claim);
    }

    /** A claim with which a run was created. */
    void born(Claim claim) {
        claims.computeIfAbsent(claim.run(), run -> new ArrayList<>()).add(claim);
    }

    /** The epoch of the last claim of a run, or {@code back} claims earlier. */
    long epoch(RunId run, int back) {
        List<Claim> given = claims.getOrDefault(run, List.of());
        return given.size() <= back ? -back : given.get(given.size() - 1 - back).epoch();
    }

    Ready ready(int choice) {
        return switch (Math.floorMod(choice, 6)) {
            case 0 -> Ready.never();
            case 1 -> Ready.at(Moments.past(Math.floorMod(choice / 6, 5)));
            case 2 -> Ready.at(Moments.future(Math.floorMod(choice / 6, 5)));
            default -> Ready.now();
        };
    }
}
