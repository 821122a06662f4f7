package dev.agentrunner.core.journal;

import dev.agentrunner.spi.error.StoreUnavailableException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on the store that nobody waits for in line. Thread-safe. */
public record Background(Executor workers, ScheduledExecutorService timer) {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final long RETRY_MILLIS = 250;

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
        try {
            timer.schedule(() -> execute(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Dropped because the node has stopped", e);
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
