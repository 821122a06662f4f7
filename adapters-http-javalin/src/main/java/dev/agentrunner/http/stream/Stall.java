package dev.agentrunner.http.stream;

import java.time.Duration;

/**
 * Watches how long a client leaves a write waiting. A write that comes through late still allows for a word of farewell;
 * one that never does ends with the connection, which is closed under it. Thread-safe.
 */
final class Stall {

    private final Ticker ticker;
    private final Runnable hangUp;
    private final long patience;
    private final long farewell;
    private boolean writing; // guarded by this
    private long since; // guarded by this
    private boolean late; // guarded by this

    /** @param hangUp closes the connection, so that whoever writes to it fails; returns at once */
    Stall(Ticker ticker, Duration patience, Runnable hangUp) {
        this.ticker = ticker;
        this.hangUp = hangUp;
        this.farewell = patience.toNanos() / 6;
        this.patience = patience.toNanos() - farewell;
    }

    synchronized void begin() {
        writing = true;
        since = ticker.nanos();
    }

    synchronized void end() {
        writing = false;
    }

    void tick(long nanos) {
        if (isOutOfPatience(nanos)) {
            hangUp.run();
        }
    }

    /** Once when it gets late, and then when even the farewell takes too long. */
    private synchronized boolean isOutOfPatience(long nanos) {
        if (!writing || nanos - since < (late ? farewell : patience)) {
            return false;
        }
        since = nanos;
        boolean wasLate = late;
        late = true;
        return wasLate;
    }

    /** Ends the write that is under way, if any. */
    void giveUp() {
        if (isWriting()) {
            hangUp.run();
        }
    }

    private synchronized boolean isWriting() {
        return writing;
    }

    /** Whether the client has kept a write waiting for too long. */
    synchronized boolean isLate() {
        return late;
    }
}
