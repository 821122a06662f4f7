package dev.agentrunner.yaml;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again, until closed; what goes wrong once does not end it. */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final ScheduledExecutorService timer;

    Watch(Runnable look, Duration every) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "agent-runner-workflows");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(() -> safely(look), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void safely(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The folder of workflows could not be looked at; trying again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
