package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.time.Duration;

/** A step that fails twice and then succeeds. */
public final class RetryExample {

    private static final StepOptions PATIENT =
            StepOptions.retry(RetryPolicy.attempts(5).backoff(Duration.ofMillis(50)));

    static final Workflow<String, String> FETCH = Workflow.named("fetch", "1")
            .input(String.class)
            .output(String.class)
            .body((run, url) -> run.step("get", String.class, PATIENT, step -> {
                if (step.attempt() < 3) {
                    throw new IllegalStateException("connection reset");
                }
                return "contents of " + url + " at attempt " + step.attempt();
            }));

    private RetryExample() {}

    public static void run(PrintStream out) throws Exception {
        try (AgentRunner runner =
                AgentRunner.builder().store(new InMemoryStore()).workflow(FETCH).build()) {
            out.println(runner.submit(FETCH, "example.org").await(String.class));
        }
    }
}
