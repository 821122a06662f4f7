package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A thousand runs that sleep at once on eight workers: a sleeping run holds neither thread nor worker. */
public final class SleepExample {

    private static final int RUNS = 1_000;

    static final Workflow<Integer, Long> NAP = Workflow.named("nap", "1")
            .input(Integer.class)
            .output(Long.class)
            .body((run, millis) -> {
                Instant before = run.now();
                run.sleep(Duration.ofMillis(millis));
                return Duration.between(before, run.now()).toMillis();
            });

    private SleepExample() {}

    public static void run(PrintStream out) throws Exception {
        try (AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workers(8)
                .workflow(NAP)
                .build()) {
            List<RunHandle> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(runner.submit(NAP, 1_000));
            }
            long shortest = Long.MAX_VALUE;
            for (RunHandle run : runs) {
                shortest = Math.min(shortest, run.await(Long.class));
            }
            out.println(RUNS + " runs slept at once on 8 workers, none for less than " + shortest + " ms");
        }
    }
}
