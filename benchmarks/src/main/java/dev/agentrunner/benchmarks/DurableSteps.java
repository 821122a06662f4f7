package dev.agentrunner.benchmarks;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's side: runs of a few steps that do nothing, so many at once. */
record DurableSteps(int runs, int atOnce, int steps) {

    /** Nanoseconds from the first submission until the last run has durably ended. */
    long measure(Store store) throws InterruptedException {
        Workflow<Integer, Integer> workflow = Workflow.named("steps", "1")
                .input(Integer.class)
                .output(Integer.class)
                .body((run, n) -> {
                    int sum = n;
                    for (int i = 0; i < steps; i++) {
                        int before = sum;
                        sum = run.step("add", Integer.class, step -> before + 1);
                    }
                    return sum;
                });
        try (AgentRunner runner = AgentRunner.builder()
                .store(store)
                .workers(atOnce)
                .workflow(workflow)
                .build()) {
            Semaphore room = new Semaphore(atOnce);
            AtomicInteger completed = new AtomicInteger();
            long begin = System.nanoTime();
            for (int i = 0; i < runs; i++) {
                room.acquire();
                runner.submitAsync(workflow, i, SubmitOptions.DEFAULT)
                        .thenCompose(run -> run.ended())
                        .whenComplete((status, error) -> {
                            completed.addAndGet(status == RunStatus.COMPLETED ? 1 : 0);
                            room.release();
                        });
            }
            room.acquire(atOnce);
            long took = System.nanoTime() - begin;
            if (completed.get() != runs) {
                throw new IllegalStateException("Only " + completed + " of " + runs + " runs completed");
            }
            return took;
        }
    }
}
