package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * W6: a run that another node executes is canceled. Two JVMs on one Postgres; node A executes nothing, node B sits in a
 * cooperative step. From the call of {@code cancel} at A until A sees that the run's end is durable; one after the other.
 */
public final class CancelLatency implements Measurement {

    private static final String W = "W6";
    private static final int WARM_UPS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return W + ", cancel through another node";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        try (PostgresDatabase database = new PostgresDatabase();
                AgentRunner a = AgentRunner.builder()
                        .store(database.store())
                        .workers(0)
                        .workflow(CancelNode.WAITS_FOR_CANCEL)
                        .build();
                Child b = Child.start(CancelNode.class, List.of("-Xmx512m"), database.url())) {
            Progress.say("W6: node B is %s", b.expect("node"));
            measure(a, WARM_UPS);
            return findings(new Shares(measure(a, quick ? 50 : 100)));
        }
    }

    private static Findings findings(Shares took) {
        String remarks = took.count() + " cancels, one after the other, after " + WARM_UPS
                + " to warm up; two JVMs; fsync and synchronous_commit on";
        String who = "agent-runner, Postgres";
        return new Findings(
                List.of(
                        new Result(W, who, "ms p50", List.of(took.p50()), remarks),
                        new Result(W, who, "ms p99", List.of(took.p99()), remarks)),
                List.of(Goal.atMost(W, "cancel until it is durable and seen, p99", 100, took.p99(), "ms")));
    }

    /** Milliseconds of each. */
    private static double[] measure(AgentRunner a, int cancels) throws InterruptedException {
        double[] took = new double[cancels];
        for (int i = 0; i < cancels; i++) {
            RunHandle run = a.submit(CancelNode.WAITS_FOR_CANCEL, i);
            awaitStep(a, run);
            long begin = System.nanoTime();
            run.cancel("measured");
            RunStatus end = run.awaitEnd(PATIENCE);
            took[i] = (System.nanoTime() - begin) / 1e6;
            if (end != RunStatus.CANCELED) {
                throw new IllegalStateException("Run " + run.id() + " was to be canceled, but is " + end);
            }
        }
        return took;
    }

    /** Another process executes the step, so its event is looked for. */
    private static void awaitStep(AgentRunner a, RunHandle run) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (a.store().log().read(run.id(), 0, 100).stream()
                .noneMatch(event -> event.type().name().equals(CancelNode.LISTENS))) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new IllegalStateException("Node B did not begin run " + run.id() + " within " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
