package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A locked run's row as it will be after the commits of a batch so far. Used by one thread. */
final class RunImage {

    final RunId id;
    final Fence.@Nullable Create birth;
    RunRow row;
    long lastSeq;
    long epoch;

    @Nullable String node;

    @Nullable Instant readyAt;

    boolean woken;
    boolean ran;
    boolean written;
    boolean wakeOnly;

    private RunImage(RunId id, Fence.@Nullable Create birth, RunRow row) {
        this.id = id;
        this.birth = birth;
        this.row = row;
    }

    static RunImage stored(RunId id, RunStatus status, int recoveries) {
        return new RunImage(id, null, new RunRow(status, null, null, false, false, recoveries));
    }

    /** Not there before the batch; counts as QUEUED until its first commit took effect. */
    static RunImage born(RunId id, Fence.Create birth) {
        RunImage image = new RunImage(id, birth, RunRow.QUEUED);
        if (birth.owner() != null) {
            image.node = birth.owner().value();
            image.epoch = 1;
        }
        return image;
    }

    boolean isTerminal() {
        return row.status().isTerminal();
    }

    void commit(long seq, Fence fence, Projection projection, Instant now) {
        row = projection.run();
        lastSeq = seq;
        ran |= row.status() == RunStatus.RUNNING;
        written = true;
        wakeOnly = false;
        if (isTerminal()) {
            node = null;
            readyAt = null;
            woken = false;
        } else if (!(projection.ready() instanceof Ready.Held)) {
            boolean outside = fence instanceof Fence.Outside;
            if (node == null) {
                readyAt = earlier(readyAt, moment(projection.ready(), now));
            } else if (!outside) {
                node = null;
                readyAt = earlier(moment(projection.ready(), now), woken ? now : null);
            }
        }
    }

    /** Makes the run ready now, or when its claim ends. */
    void wake(Instant now) {
        if (isTerminal()) {
            return;
        }
        if (node == null) {
            readyAt = earlier(readyAt, now);
        } else {
            woken = true;
        }
        wakeOnly = !written;
    }

    private static @Nullable Instant moment(Ready ready, Instant now) {
        if (ready instanceof Ready.At at) {
            return Moments.whole(at.moment());
        }
        return ready instanceof Ready.Now ? now : null;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
