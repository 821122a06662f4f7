package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Result;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * W9: what runs cost that wait, and how soon all of them are awake. On SQLite, in a JVM of its own with 256 MB of heap.
 * A quick one lets a fifth of the runs wait and wants them to wake in a fifth of the time.
 */
public final class Waiting implements Measurement {

    private static final String W = "W9";
    private static final String WHO = "agent-runner, SQLite";
    private static final int RUNS = 100_000;
    private static final int QUICK_RUNS = 20_000;
    private static final double AWAKE_SECONDS = 60;

    /**
     * What a number of runs came to.
     *
     * @param asleep seconds until all of them waited
     * @param heap megabytes in use while they wait, after a collection
     * @param signaled seconds until the last signal was durable
     * @param awake seconds from the first signal until the last run has completed
     * @param processor seconds of one core that this took
     */
    record Figures(
            int runs, double asleep, double heap, double threads, double signaled, double awake, double processor) {}

    @Override
    public String name() {
        return W + ", runs that wait";
    }

    @Override
    public Findings take(boolean quick) throws IOException {
        Figures figures = inJvm(quick ? QUICK_RUNS : RUNS, "256m");
        double awakeGoal = AWAKE_SECONDS * figures.runs() / RUNS;
        String workload = String.format(Locale.ROOT, "%s, %,d runs", W, figures.runs());
        String remarks = String.format(
                Locale.ROOT,
                "all wait after %.0f s; half of them wake by signals of 16 senders, the last after %.0f s; waking takes"
                        + " %.1f s of one core; -Xmx256m",
                figures.asleep(),
                figures.signaled(),
                figures.processor());
        return new Findings(
                List.of(
                        new Result(workload, WHO, "MB of heap", List.of(figures.heap()), remarks),
                        new Result(workload, WHO, "threads", List.of(figures.threads()), ""),
                        new Result(workload, WHO, "s until all woke", List.of(figures.awake()), "")),
                List.of(
                        Goal.atMost(workload, "heap while they wait", 256, figures.heap(), "MB"),
                        Goal.atMost(workload, "threads while they wait", 200, figures.threads(), "threads"),
                        Goal.atMost(workload, "all awake and completed", awakeGoal, figures.awake(), "s")));
    }

    /**
     * Measures in a JVM with so much heap, such as {@code 40m}.
     *
     * @throws IOException if not all runs wake
     */
    static Figures inJvm(int runs, String heap) throws IOException {
        try (Child child = Child.start(WaitingRuns.class, List.of("-Xmx" + heap), Integer.toString(runs))) {
            return new Figures(
                    runs,
                    child.expectNumber("asleep"),
                    child.expectNumber("heap"),
                    child.expectNumber("threads"),
                    child.expectNumber("signaled"),
                    child.expectNumber("awake"),
                    child.expectNumber("processor"));
        }
    }
}
