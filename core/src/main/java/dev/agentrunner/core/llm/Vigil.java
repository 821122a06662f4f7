package dev.agentrunner.core.llm;

import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.workflow.GenerateOptions.Limits;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/** Waits for an answer: says that it is still waited for, and gives up in time. Used by one thread. */
final class Vigil {

    private final Limits limits;
    private final long heartbeatNanos;
    private final Pulse pulse;
    private final LongConsumer heartbeat;
    private long lastHeartbeat;

    /** @param heartbeat told the moment, by the clock of {@link System#nanoTime} */
    Vigil(Limits limits, Duration every, Pulse pulse, LongConsumer heartbeat) {
        this.limits = limits;
        this.heartbeatNanos = every.toNanos();
        this.pulse = pulse;
        this.heartbeat = heartbeat;
        this.lastHeartbeat = pulse.begun();
    }

    /**
     * Waits until the answer is complete.
     *
     * @throws ModelException if it fails, or takes too long
     */
    ModelAnswer await(Generation generation) throws InterruptedException {
        while (true) {
            try {
                return generation.answer().get(untilNext(System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                insist(now);
                if (now - lastHeartbeat >= heartbeatNanos) {
                    lastHeartbeat = now;
                    heartbeat.accept(now);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ModelException failure) {
                    throw failure;
                }
                throw new ModelException(Kind.MALFORMED, "The provider failed in a way of its own: " + e.getCause(), e);
            }
        }
    }

    private long untilNext(long now) {
        // An answer that begins while this waits must not be silent for longer than it may afterwards.
        long silence = pulse.hasBegun()
                ? left(now, pulse.lastSign(), limits.idle())
                : Math.min(
                        left(now, pulse.begun(), limits.firstToken()),
                        limits.idle().toNanos());
        long limit = Math.min(silence, left(now, pulse.begun(), limits.total()));
        return Math.max(1, Math.min(limit, lastHeartbeat + heartbeatNanos - now));
    }

    private void insist(long now) {
        if (left(now, pulse.begun(), limits.total()) <= 0) {
            throw late("The answer was not complete after " + limits.total());
        }
        if (pulse.hasBegun() && left(now, pulse.lastSign(), limits.idle()) <= 0) {
            throw late("The model has said nothing more for " + limits.idle());
        }
        if (!pulse.hasBegun() && left(now, pulse.begun(), limits.firstToken()) <= 0) {
            throw late("The model has said nothing within " + limits.firstToken());
        }
    }

    private static ModelException late(String what) {
        return new ModelException(
                Kind.TIMEOUT, what + "; the generation was ended. Allow more time if the model needs it");
    }

    private static long left(long now, long since, Duration limit) {
        return since + limit.toNanos() - now;
    }
}
