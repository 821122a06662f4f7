package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Runs of three steps that do nothing, so many at once, for a time. */
final class NoOpRuns {

    static final int AT_ONCE = 500;

    static final Workflow<Integer, Integer> THREE_STEPS = Workflow.named("three-steps", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> {
                int sum = n;
                for (int i = 0; i < 3; i++) {
                    int before = sum;
                    sum = run.step("add", Integer.class, step -> before + 1);
                }
                return sum;
            });

    private NoOpRuns() {}

    /**
     * Keeps the runner busy.
     *
     * @return runs per second that durably completed
     */
    static double perSecond(AgentRunner runner, Duration time) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        AtomicLong completed = new AtomicLong();
        AtomicLong others = new AtomicLong();
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < time.toNanos(); i++) {
            room.acquire();
            runner.submitAsync(THREE_STEPS, i, SubmitOptions.DEFAULT)
                    .thenCompose(run -> run.ended())
                    .whenComplete((status, error) -> {
                        (status == RunStatus.COMPLETED ? completed : others).incrementAndGet();
                        room.release();
                    });
        }
        room.acquire(AT_ONCE);
        if (others.get() > 0) {
            throw new IllegalStateException(others + " runs did not complete");
        }
        return completed.get() * 1e9 / (System.nanoTime() - begin);
    }
}
