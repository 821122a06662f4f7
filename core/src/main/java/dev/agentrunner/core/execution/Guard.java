package dev.agentrunner.core.execution;

import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.time.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an execution ends even if a body ignores every request (INV-9). Takes the journal
 * over, so that nothing the body does afterwards is recorded, and ends the run in its stead; the body's
 * thread is left to itself. Thread-safe.
 */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final Execution execution;
    private final Closing closing;
    private final Kit kit;
    private final Runnable ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Stop> insisting = new AtomicReference<>();
    private volatile @Nullable ScheduledFuture<?> deadline;
    private volatile @Nullable ScheduledFuture<?> insistence;

    Guard(Execution execution, Closing closing, Kit kit, Runnable ended) {
        this.execution = execution;
        this.closing = closing;
        this.kit = kit;
        this.ended = ended;
    }

    /** Ends the run when its deadline passes. */
    void watch(@Nullable Instant moment) {
        if (moment == null) {
            return;
        }
        Duration left = kit.clock().until(moment);
        if (left.isZero()) {
            execution.stop(Stop.DEADLINE);
        } else {
            deadline = after(left, () -> execution.stop(Stop.DEADLINE));
        }
    }

    /** Ends the run for this reason if the execution has not ended by itself after the grace. */
    void insist(Stop why, Duration grace) {
        if (!insisting.compareAndSet(null, why)) {
            return;
        }
        insistence = after(grace, () -> {
            if (!over.get()) {
                LOG.warn("Run {} ignored {} for {}; it goes on without its body", execution.run(), why, grace);
                // On a thread of its own: it waits for journals, and those wait for the threads of the background.
                new Background(
                                task -> Threads.start("agent-runner-guard", task),
                                kit.background().timer())
                        .untilReachable(() -> endInstead(why));
            }
        });
    }

    private void endInstead(Stop why) {
        if (why == Stop.ENDED) {
            takeOver(List.of());
        } else {
            closing.cancelChildren();
            takeOver(List.of(closing.ending(why)));
        }
    }

    /** Does something after a while, unless canceled; null if the node has stopped, so that nothing follows. */
    @Nullable ScheduledFuture<?> after(Duration delay, Runnable action) {
        try {
            return kit.background().timer().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Run {} outlives its node", execution.run(), e);
            return null;
        }
    }

    /** Writes these commands in the execution's stead and ends it. */
    void takeOver(List<Command> commands) {
        if (over.get()) {
            return;
        }
        execution.closeWorkspace();
        execution.journal().takeOver(commands).whenComplete((done, error) -> {
            if (error != null) {
                LOG.debug("Run {} had ended already", execution.run(), error);
            }
            end();
        });
        // Other branches cannot record anything either: they need not go on.
        execution.stop(Stop.ENDED);
    }

    /** The execution is over; further calls do nothing. */
    void end() {
        if (over.compareAndSet(false, true)) {
            cancel(deadline);
            cancel(insistence);
            execution.closeWorkspace();
            ended.run();
        }
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
