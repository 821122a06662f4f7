package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.benchmarks.jmh.StepsInMemory;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Result;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** W11: time and allocation of a step that does nothing, by JMH in JVMs of its own. */
public final class StepCost implements Measurement {

    private static final String W = "W11";
    private static final String ALLOCATED = "gc.alloc.rate.norm"; // bytes per operation

    @Override
    public String name() {
        return W + ", what a step costs in memory";
    }

    @Override
    public Findings take(boolean quick) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(StepsInMemory.class.getName())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("-Xmx1g")
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 10 : 15)
                .measurementIterations(quick ? 5 : 10)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1));
        RunResult result = new Runner(options.build()).runSingle();
        double micros = result.getPrimaryResult().getScore();
        double kilobytes = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED))
                        .getScore()
                / 1000;
        String who = "agent-runner, memory";
        String remarks = String.format(
                java.util.Locale.ROOT,
                "runs of %d steps, one at a time; JMH, %d iterations, 99.9%% within %.1f of the mean",
                StepsInMemory.STEPS,
                result.getPrimaryResult().getSampleCount(),
                result.getPrimaryResult().getScoreError());
        return new Findings(
                List.of(
                        new Result(W, who, "microseconds per step", List.of(micros), remarks),
                        new Result(W, who, "KB allocated per step", List.of(kilobytes), remarks)),
                List.of(
                        Goal.atMost(W, "time per step", 10, micros, "microseconds"),
                        Goal.atMost(W, "allocation per step", 10, kilobytes, "KB")));
    }
}
