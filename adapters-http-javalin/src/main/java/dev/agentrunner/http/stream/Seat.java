package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.RunId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's place in the audience: how it is told that there is something for it. Read by the client's thread, written
 * by those that bring news; thread-safe.
 */
final class Seat {

    private static final long FAR = Duration.ofDays(1).toNanos();

    private final @Nullable RunId run;
    private final LiveQueue live;
    private final Bell bell = new Bell();
    private final Stall stall;
    private final Ticker ticker;
    private final AtomicLong head = new AtomicLong();
    private final AtomicBoolean mayBeBeyondHead = new AtomicBoolean(true);
    private volatile long position;
    private volatile long dueAt;

    /**
     * @param run what the client follows; null: all
     * @param position what it has seen
     */
    Seat(@Nullable RunId run, long position, LiveQueue live, Stall stall, Ticker ticker) {
        this.run = run;
        this.position = position;
        this.live = live;
        this.stall = stall;
        this.ticker = ticker;
        this.dueAt = ticker.nanos() + FAR;
    }

    @Nullable RunId run() {
        return run;
    }

    LiveQueue live() {
        return live;
    }

    Bell bell() {
        return bell;
    }

    Stall stall() {
        return stall;
    }

    long position() {
        return position;
    }

    void moveTo(long seen) {
        position = seen;
    }

    /** The highest seq that the run is known to have reached. */
    long head() {
        return head.get();
    }

    /**
     * Whether the run may have come further than is known, since this was asked last. Whoever asks has to look at the store.
     */
    boolean takeMayBeBeyondHead() {
        return mayBeBeyondHead.getAndSet(false);
    }

    /** Nobody has looked at the store yet. */
    void setMayBeBeyondHead() {
        mayBeBeyondHead.set(true);
    }

    /** The run has reached this seq, or nobody knows which. */
    void grown(long lastSeq) {
        if (lastSeq != Long.MAX_VALUE) {
            head.accumulateAndGet(lastSeq, Math::max);
        } else {
            mayBeBeyondHead.set(true);
        }
        if (lastSeq > position) {
            bell.ring(Bell.LOG);
        }
    }

    void offer(LiveMessage message) {
        if (live.offer(message)) {
            bell.ring(Bell.LIVE);
        }
    }

    /** Rings then, or at once if that has passed. */
    void wakeAt(long nanos) {
        dueAt = nanos;
        ringIfDue(ticker.nanos());
    }

    /** Time has passed. */
    void tick(long nanos) {
        stall.tick(nanos);
        ringIfDue(nanos);
    }

    private void ringIfDue(long nanos) {
        if (nanos - dueAt >= 0) {
            bell.ring(Bell.TIME);
        }
    }
}
