package dev.agentrunner.core.journal;

import dev.agentrunner.spi.error.StoreUnavailableException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on the store that nobody waits for in line. Thread-safe. */
public final class Background {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final long RETRY_MILLIS = 250;
    private static final long SOON_MILLIS = 1;

    private final Executor workers;
    private final ScheduledExecutorService timer;
    private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awaited = new AtomicBoolean();

    public Background(Executor workers, ScheduledExecutorService timer) {
        this.workers = workers;
        this.timer = timer;
    }

    /** Executes a quick task within about a millisecond, together with all others of that time. */
    public void soon(Runnable task) {
        soon.add(task);
        if (awaited.compareAndSet(false, true)) {
            if (!schedule(this::allOfThem, SOON_MILLIS)) {
                allOfThem();
            }
        }
    }

    private void allOfThem() {
        awaited.set(false);
        for (Runnable task = soon.poll(); task != null; task = soon.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("Background work failed", e);
            }
        }
    }

    /** Executes the task, again and again while the store cannot be reached. */
    public void untilReachable(Runnable task) {
        execute(() -> {
            try {
                task.run();
            } catch (StoreUnavailableException e) {
                later(() -> untilReachable(task), RETRY_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("Background work failed", e);
            }
        });
    }

    /** Executes the task once, after a while. */
    public void later(Runnable task, long millis) {
        schedule(() -> execute(task), millis);
    }

    /** The threads for it. */
    public Executor workers() {
        return workers;
    }

    /** Starts what is due; its tasks must be short. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    private boolean schedule(Runnable task, long millis) {
        try {
            timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late, because the node has stopped", e);
            return false;
        }
    }

    private void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped because the node has stopped", e);
        }
    }
}
