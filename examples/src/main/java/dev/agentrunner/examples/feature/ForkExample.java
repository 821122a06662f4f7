package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** History has no way back: a failed run is tried again as a new one that starts with its recorded results. */
public final class ForkExample {

    private ForkExample() {}

    public static void run(PrintStream out) throws Exception {
        AtomicBoolean printerWorks = new AtomicBoolean();
        Workflow<String, String> print = Workflow.named("print", "1")
                .input(String.class)
                .output(String.class)
                .body((run, text) -> {
                    String set = run.step("set", String.class, step -> {
                        out.println("Setting the text takes long and is done once.");
                        return text.toUpperCase(java.util.Locale.ROOT);
                    });
                    return run.step("print", String.class, step -> {
                        if (!printerWorks.get()) {
                            throw new IllegalStateException("out of paper");
                        }
                        return "printed " + set;
                    });
                });
        try (AgentRunner runner =
                AgentRunner.builder().store(new InMemoryStore()).workflow(print).build()) {
            RunHandle run = runner.submit(print, "hello");
            try {
                run.await(String.class);
            } catch (RunFailedException e) {
                out.println(e.getMessage());
            }
            printerWorks.set(true);
            out.println(run.fork(ForkOptions.RETRY).await(String.class));
        }
    }
}
