package dev.agentrunner.jdbc.crash;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application outside: submits runs, sends the signals they wait for, approves, pauses and cancels; all through a
 * runner that executes nothing itself. Has a thread of its own, which a frozen worker may hold up.
 */
final class Load implements AutoCloseable {

    private static final int INPUTS = 12;
    private static final Duration TENDING = Duration.ofMillis(100);
    private static final RunQuery LIVE = RunQuery.ALL
            .statuses(RunStatus.QUEUED, RunStatus.RUNNING)
            .page(new dev.agentrunner.spi.catalog.PageRequest(200, null));

    private final Workloads workloads;
    private final AgentRunner runner;
    private final Random random;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** Only used by the thread. */
    private final List<RunHandle> paused = new ArrayList<>();

    /** Only used by the thread. */
    private int submitted;

    private final AtomicInteger allowed = new AtomicInteger();
    private Future<?> tending = CompletableFuture.completedFuture(null);

    Load(Target target, Workloads workloads, Random random) {
        this.workloads = workloads;
        this.runner = WorkerMain.runner(target, workloads).workers(0).build();
        this.random = random;
    }

    /** From now on gives each run what it waits for, and keeps so many alive as long as more may be submitted. */
    void keep(int wanted) {
        tending.cancel(false);
        tending = thread.scheduleWithFixedDelay(() -> tend(wanted), 0, TENDING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** So many more runs may be submitted: what happens between two blows must not depend on how long that takes. */
    void allow(int more) {
        allowed.addAndGet(more);
    }

    /** Throws what kept it from going on, if anything did. */
    void requireWell() throws InterruptedException {
        if (tending.isDone()) {
            try {
                tending.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("The load could not be kept up", e.getCause());
            }
        }
    }

    private void tend(int wanted) {
        try {
            List<RunView> live = runner.store().catalog().runs(LIVE).items();
            for (int i = live.size(); i < wanted && submitted < allowed.get(); i++) {
                submit();
            }
            for (RunView each : live) {
                answer(each);
            }
            unpause();
        } catch (StoreUnavailableException e) {
            // A frozen worker holds the file; the next look is soon.
            return;
        }
    }

    private void submit() {
        List<Workflow<Integer, String>> mix = List.of(
                workloads.mixed,
                workloads.mixed,
                workloads.mixed,
                workloads.once,
                workloads.once,
                workloads.files,
                workloads.files,
                workloads.quick,
                workloads.doomed,
                workloads.endless);
        Workflow<Integer, String> next = mix.get(submitted++ % mix.size());
        runner.submit(
                next,
                random.nextInt(INPUTS),
                SubmitOptions.DEFAULT.labels(Map.of("from", "outside")).idempotencyKey("outside-" + submitted));
    }

    private void answer(RunView run) {
        RunHandle handle = runner.handle(run.id());
        String workflow = run.spec().workflow().name();
        try {
            if (run.state().waiting() == Waiting.SIGNAL) {
                handle.signal(Workloads.SIGNAL, "signaled");
            } else if (run.state().waiting() == Waiting.APPROVAL) {
                for (StepView each : runner.store().catalog().steps(run.id())) {
                    if (each.step().status() == StepStatus.RUNNING) {
                        handle.signal("approval." + each.step().id(), Map.of("approved", true));
                    }
                }
            } else if (workflow.equals("endless") && random.nextInt(8) == 0) {
                handle.cancel("enough");
            } else if (workflow.equals("quick") && random.nextInt(20) == 0) {
                handle.pause("later");
                paused.add(handle);
            }
        } catch (RunFinishedException e) {
            // It ended between the look and the command.
            return;
        }
    }

    private void unpause() {
        for (RunHandle each : List.copyOf(paused)) {
            try {
                each.resume("now");
            } catch (RunFinishedException e) {
                // It had ended before it came to pause.
            }
            paused.remove(each);
        }
    }

    /** Submits what the workers were to submit, with the same keys: whatever they achieved, one run each. */
    void completeBatches(int batches) {
        List<CompletableFuture<RunHandle>> all = new ArrayList<>();
        for (int n = 0; n < batches * WorkerMain.BATCH; n++) {
            all.add(runner.submitAsync(workloads.quick, n, SubmitOptions.DEFAULT.idempotencyKey("quick-" + n)));
        }
        all.forEach(CompletableFuture::join);
    }

    /** Submits no more, and waits until every run has ended. */
    void finish(Duration limit) {
        keep(0);
        Patience.until("every run has ended", limit, () -> {
            requireWell();
            Map<RunStatus, Long> counts = runner.store().catalog().counts();
            return !counts.containsKey(RunStatus.QUEUED) && !counts.containsKey(RunStatus.RUNNING);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        runner.close();
    }
}
