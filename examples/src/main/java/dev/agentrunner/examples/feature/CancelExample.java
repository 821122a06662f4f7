package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunCanceledException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** A step that is told to stop. One that does not listen is left behind after the grace period. */
public final class CancelExample {

    private CancelExample() {}

    public static void run(PrintStream out) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Workflow<String, String> endless = Workflow.named("endless", "1")
                .input(String.class)
                .output(String.class)
                .body((run, in) -> run.step("wait", String.class, step -> {
                    step.cancellation().onRequest(() -> out.println("The step hears that it should stop."));
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                }));
        try (AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workflow(endless)
                .build()) {
            RunHandle run = runner.submit(endless, "");
            begun.await();
            run.cancel("enough");
            try {
                run.await(String.class);
            } catch (RunCanceledException e) {
                out.println(e.getMessage());
            }
        }
    }
}
