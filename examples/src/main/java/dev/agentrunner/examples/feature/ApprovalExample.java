package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.time.Duration;

/** A run that waits for a person. Meanwhile it holds no thread, and the node may restart. */
public final class ApprovalExample {

    /** What a person answers. */
    public record Approval(boolean approved, String comment) {}

    static final Workflow<String, String> PUBLISH = Workflow.named("publish", "1")
            .input(String.class)
            .output(String.class)
            .body((run, text) -> {
                String draft = run.step("draft", String.class, step -> "Draft: " + text);
                Approval answer = run.await("approval.publish", Approval.class, Duration.ofDays(3));
                return answer.approved() ? draft + " (published: " + answer.comment() + ")" : "not published";
            });

    private ApprovalExample() {}

    public static void run(PrintStream out) throws Exception {
        try (AgentRunner runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workflow(PUBLISH)
                .build()) {
            RunHandle run = runner.submit(PUBLISH, "durable agents");
            out.println("Run " + run.id() + " waits for the signal 'approval.publish'; a person sends it.");
            run.signal("approval.publish", new Approval(true, "looks good"));
            out.println(run.await(String.class));
        }
    }
}
