package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;

/** A run that starts another one and waits for its output. Canceling the parent cancels the child. */
public final class ChildRunsExample {

    static final Workflow<Integer, Integer> SQUARE = Workflow.named("square", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> run.step("multiply", Integer.class, step -> n * n));

    static final Workflow<Integer, Integer> SUM = Workflow.named("sum-of-squares", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> {
                int sum = 0;
                for (int i = 1; i <= n; i++) {
                    sum += run.call("square", SQUARE, i);
                }
                return sum;
            });

    private ChildRunsExample() {}

    public static void run(PrintStream out) throws Exception {
        try (AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workflow(SQUARE)
                .workflow(SUM)
                .build()) {
            out.println("1 + 4 + 9 + 16 = " + runner.submit(SUM, 4).await(Integer.class));
        }
    }
}
