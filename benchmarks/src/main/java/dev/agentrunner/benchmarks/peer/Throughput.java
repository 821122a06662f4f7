package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs of three steps, so many at once, for a time: W1 (steps that do nothing), W2 (25 ms each) and W7 (results of 1 MB). */
public final class Throughput implements Measurement {

    private static final int FEW = 24;
    private static final int MANY = 500;
    private static final int MEGABYTE = 1_000_000;

    private final Postgres postgres;

    public Throughput(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public String name() {
        return "W1, W2, W7: runs of three steps";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        List<Peer> stepwise = List.of(Peer.AGENT_RUNNER, Peer.DBOS, Peer.LANGGRAPH4J, Peer.TEMPORAL);
        List<Peer> durable = List.of(Peer.AGENT_RUNNER, Peer.DBOS);
        Series many = calm("W1, 500 at once", MANY, quick).take(stepwise, postgres);
        Series few = calm("W1, 24 at once", FEW, quick).take(quick ? durable : stepwise, postgres);
        Series slow = series("W2, 25 ms per step, 500 at once", MANY, quick, Map.of("pause_ms", 25))
                .take(durable, postgres);
        Series large = series("W7, results of 1 MB, 24 at once", FEW, quick, Map.of("bytes", MEGABYTE))
                .take(durable, postgres);
        List<Result> results = new ArrayList<>();
        for (Series each : List.of(many, few, slow, large)) {
            results.addAll(each.results());
        }
        return new Findings(
                results,
                List.of(
                        Goal.atLeast("W1", "runs per second of DBOS Transact, 500 at once", 15, many.ratio(), "times"),
                        Goal.atLeast("W1", "runs per second of DBOS Transact, 24 at once", 5, few.ratio(), "times"),
                        Goal.atMost("W1", "commits per run of three steps, 500 at once", 0.1, many.commits(), "")));
    }

    /** Steps that do nothing show for longer how busy compilers are. */
    private static Series calm(String workload, int atOnce, boolean quick) {
        return new Series(workload, atOnce, quick ? 1 : 5, quick ? 12 : 15, quick ? 4 : 10, Map.of());
    }

    private static Series series(String workload, int atOnce, boolean quick, Map<String, Object> more) {
        return new Series(workload, atOnce, quick ? 1 : 5, quick ? 6 : 10, quick ? 4 : 10, more);
    }

    static String perRun(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }
}
