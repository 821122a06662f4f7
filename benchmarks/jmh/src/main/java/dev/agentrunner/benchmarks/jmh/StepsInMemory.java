package dev.agentrunner.benchmarks.jmh;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the engine itself costs per step: runs of 100 steps that do nothing, one after the other, from the submission until
 * the output is there, on a store in memory. A new one for each iteration, as it keeps all runs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepsInMemory {

    public static final int STEPS = 100;

    private static final Workflow<Integer, Integer> HUNDRED_STEPS = Workflow.named("hundred-steps", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> {
                int sum = n;
                for (int i = 0; i < STEPS; i++) {
                    int before = sum;
                    sum = run.step("add", Integer.class, step -> before + 1);
                }
                return sum;
            });

    private AgentRunner runner = start();

    /** Starts with a store that is empty. */
    @Setup(Level.Iteration)
    public void renew() {
        runner.close();
        runner = start();
    }

    @TearDown
    public void close() {
        runner.close();
    }

    private static AgentRunner start() {
        return AgentRunner.builder()
                .store(new InMemoryStore())
                .workflow(HUNDRED_STEPS)
                .build();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Integer step() throws InterruptedException {
        return runner.submit(HUNDRED_STEPS, 1).await(Integer.class);
    }
}
