package dev.agentrunner.core.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does again and again, whatever goes wrong: also a moment without memory passes. */
final class Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private Loop() {}

    /**
     * Takes turns until closed or interrupted.
     *
     * @param bell ends a pause
     * @param afterFailure the pause after a turn that failed
     * @param turn gives the pause after it
     */
    static void run(Doorbell bell, BooleanSupplier closed, Duration afterFailure, Supplier<Duration> turn) {
        while (!closed.getAsBoolean()) {
            try {
                bell.await(attempt(turn, afterFailure));
            } catch (InterruptedException e) {
                return;
            } catch (Error e) {
                // Even to say so there was no memory.
                LockSupport.parkNanos(afterFailure.toNanos());
            }
        }
    }

    private static Duration attempt(Supplier<Duration> turn, Duration afterFailure) {
        try {
            return turn.get();
        } catch (RuntimeException | Error e) {
            LOG.error("A turn of a loop of this node failed; trying again", e);
            return afterFailure;
        }
    }
}
