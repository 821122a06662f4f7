package dev.agentrunner.memory;

import dev.agentrunner.spi.model.NodeId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which run, and which runs wait to be claimed: the only mutator of a run's owner, epoch and
 * readiness, so that the two indexes cannot disagree with the runs. Guarded by the store's lock.
 *
 * <p>Runs that wait are kept in two sets: {@code due} in the order of claims, {@code later} by time. A run
 * moves from the second to the first when its time has come, so that a claim costs what it takes and neither
 * sleeping nor finished runs slow it down.
 */
final class Tenancy {

    static final long NEVER = Long.MAX_VALUE;

    private static final Comparator<StoredRun> BY_TIME =
            Comparator.comparingLong(StoredRun::readyAt).thenComparing(run -> run.id);
    private static final Comparator<StoredRun> BY_CLAIM = Comparator.<StoredRun>comparingInt(
                    run -> run.spec.slot().priority())
            .reversed()
            .thenComparing(BY_TIME);

    private final NavigableSet<StoredRun> due = new TreeSet<>(BY_CLAIM);
    private final NavigableSet<StoredRun> later = new TreeSet<>(BY_TIME);
    private final Map<NodeId, Set<StoredRun>> held = new HashMap<>();

    /** A run's own part. */
    static final class State {
        private @Nullable NodeId node;
        private long epoch;
        private long readyAt = NEVER;
        private long firstClaim = NEVER;
        private boolean wakeRemembered;

        @Nullable NodeId node() {
            return node;
        }

        long epoch() {
            return epoch;
        }

        long readyAt() {
            return readyAt;
        }

        /** When the run was claimed for the first time, or {@link #NEVER}. */
        long firstClaim() {
            return firstClaim;
        }
    }

    /** Runs that can be claimed now, in the order of claims. */
    Stream<StoredRun> due(long now) {
        while (!later.isEmpty() && later.first().readyAt() <= now) {
            due.add(later.pollFirst());
        }
        return due.stream().filter(run -> run.readyAt() <= now);
    }

    /** Runs that wait for a moment, the next one first. */
    NavigableSet<StoredRun> later() {
        return later;
    }

    Set<StoredRun> heldBy(NodeId node) {
        return held.getOrDefault(node, Set.of());
    }

    Set<NodeId> holders() {
        return Set.copyOf(held.keySet());
    }

    /** How many runs of a queue are held by any node. */
    long held(String queue) {
        return held.values().stream()
                .flatMap(Set::stream)
                .filter(run -> run.spec.slot().queue().equals(queue))
                .count();
    }

    void claim(StoredRun run, NodeId node, long now) {
        setReady(run, NEVER);
        State state = run.tenancy;
        state.node = node;
        state.epoch++;
        state.wakeRemembered = false;
        if (state.firstClaim == NEVER) {
            state.firstClaim = now;
        }
        held.computeIfAbsent(node, n -> new LinkedHashSet<>()).add(run);
    }

    /** The holder lets go; a remembered wake makes the run ready at once. */
    void giveUp(StoredRun run, long readyAt, long now) {
        release(run);
        setReady(run, run.tenancy.wakeRemembered ? Math.min(now, readyAt) : readyAt);
    }

    /** The holder loses the run, which is ready at once. */
    void takeAway(StoredRun run, long now) {
        release(run);
        run.tenancy.epoch++;
        setReady(run, now);
    }

    /** Brings the moment forward at which a run that nobody holds is ready. */
    void bringForward(StoredRun run, long readyAt) {
        if (run.tenancy.node == null && readyAt < run.tenancy.readyAt) {
            setReady(run, readyAt);
        }
    }

    /** Makes a run ready now, or as soon as its claim ends. */
    void wake(StoredRun run, long now) {
        if (run.row().status().isTerminal()) {
            return;
        }
        if (run.tenancy.node != null) {
            run.tenancy.wakeRemembered = true;
        }
        bringForward(run, now);
    }

    /** The run is over: never held, never ready again. */
    void end(StoredRun run) {
        release(run);
        setReady(run, NEVER);
    }

    private void release(StoredRun run) {
        NodeId node = run.tenancy.node;
        if (node == null) {
            return;
        }
        Set<StoredRun> others = held.get(node);
        if (others != null && others.remove(run) && others.isEmpty()) {
            held.remove(node);
        }
        run.tenancy.node = null;
    }

    private void setReady(StoredRun run, long readyAt) {
        if (run.tenancy.readyAt != NEVER && !due.remove(run)) {
            later.remove(run);
        }
        run.tenancy.readyAt = readyAt;
        if (readyAt != NEVER) {
            later.add(run);
        }
    }
}
