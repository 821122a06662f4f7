package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run's row while a batch is decided: as stored, and then as the commits so far make it. Used by one thread. */
final class RunState {

    /** How much of the row is to be written. */
    enum Change {
        NONE,
        WOKEN,
        /** The run has more events, and is otherwise as it was. */
        SEQ,
        /** All but what indexes hold, which is dearer to write. */
        PROGRESS,
        TURN
    }

    final RunId id;

    /** Of a run that is not stored yet. */
    final @Nullable RunSpec born;

    RunRow row;
    long lastSeq;
    long epoch;

    @Nullable String node;

    @Nullable Long readyAt;

    boolean woken;
    boolean ran;
    Change change = Change.NONE;

    private RunState(RunId id, @Nullable RunSpec born, RunRow row) {
        this.id = id;
        this.born = born;
        this.row = row;
    }

    static RunState stored(RunId id, RunRow row) {
        return new RunState(id, null, row);
    }

    /** The same once everything is written. */
    RunState written() {
        RunState state = stored(id, row);
        state.lastSeq = lastSeq;
        state.epoch = epoch;
        state.node = node;
        state.readyAt = readyAt;
        state.woken = woken;
        return state;
    }

    /** A new run counts as QUEUED before its first commit. */
    static RunState born(RunId id, Fence.Create create) {
        RunState state = new RunState(id, create.spec(), RunRow.QUEUED);
        if (create.owner() != null) {
            state.node = create.owner().value();
            state.epoch = 1;
        }
        return state;
    }

    boolean isTerminal() {
        return row.status().isTerminal();
    }

    /** Whether a node has claimed it at least once. */
    boolean wasClaimed() {
        return epoch > 0;
    }

    void apply(Projection next, boolean outside, long lastSeqThen, long now) {
        RunRow before = row;
        row = next.run();
        lastSeq = lastSeqThen;
        ran |= row.status() == RunStatus.RUNNING;
        Long readyBefore = readyAt;
        String nodeBefore = node;
        if (isTerminal()) {
            node = null;
            readyAt = null;
        } else if (node == null) {
            readyAt = earlier(readyAt, moment(next.ready(), now));
        } else if (!outside && !(next.ready() instanceof Ready.Held)) {
            node = null;
            readyAt = earlier(moment(next.ready(), now), woken ? now : null);
        }
        if (before.status() != row.status() || !same(readyBefore, readyAt) || !same(nodeBefore, node)) {
            note(Change.TURN);
        } else {
            note(before.equals(row) ? Change.SEQ : Change.PROGRESS);
        }
    }

    /** Makes the run ready now, or when its claim ends. */
    void wake(long now) {
        if (isTerminal()) {
            return;
        }
        if (node != null) {
            woken = true;
        } else {
            readyAt = earlier(readyAt, now);
        }
        if (change != Change.WOKEN) {
            note(change == Change.NONE ? Change.WOKEN : Change.TURN);
        }
    }

    private void note(Change more) {
        if (change == Change.WOKEN) {
            change = Change.TURN;
        } else if (more.compareTo(change) > 0) {
            change = more;
        }
    }

    private static @Nullable Long moment(Ready ready, long now) {
        if (ready instanceof Ready.At at) {
            return Millis.of(at.moment());
        }
        return ready instanceof Ready.Now ? now : null;
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }
}
