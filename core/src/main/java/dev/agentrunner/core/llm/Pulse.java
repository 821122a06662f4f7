package dev.agentrunner.core.llm;

import dev.agentrunner.core.state.LlmNote;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.StepId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How an answer is coming along. Thread-safe. */
final class Pulse {

    private final long begun;
    private String phase = "loading"; // guarded by this
    private long chunks; // guarded by this
    private long last; // guarded by this

    /**
     * @param now a reading of the clock of {@link System#nanoTime}, as all moments here
     */
    Pulse(long now) {
        this.begun = now;
        this.last = now;
    }

    synchronized void felt(Delta delta, long now) {
        if (delta instanceof Delta.Opened) {
            if (chunks == 0) {
                phase = "prompt";
            }
            return;
        }
        phase = delta instanceof Delta.Thinking ? "thinking" : "generating";
        chunks++;
        last = now;
    }

    synchronized boolean hasBegun() {
        return chunks > 0;
    }

    long begun() {
        return begun;
    }

    synchronized long lastSign() {
        return last;
    }

    synchronized LlmNote.Heartbeat heartbeat(StepId step, long now) {
        return new LlmNote.Heartbeat(step, millis(now - begun), phase, chunks, millis(now - last));
    }

    synchronized LiveEvent.Beat beat(long now) {
        return new LiveEvent.Beat(phase, Duration.ofNanos(now - begun), Duration.ofNanos(now - last), chunks);
    }

    long elapsedMillis(long now) {
        return millis(now - begun);
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
