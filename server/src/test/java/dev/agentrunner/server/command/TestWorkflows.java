package dev.agentrunner.server.command;

import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** One workflow for each way in which a run can go, and a command. */
public final class TestWorkflows implements Extension {

    private static final Workflow<String, String> GREET = Workflow.named("greet", "1")
            .description("Greets somebody")
            .input(String.class)
            .output(String.class)
            .body((run, name) -> {
                String text = run.step("draft", String.class, step -> "Hello, " + name);
                run.artifact("greeting.txt", "document", text);
                return text;
            });

    private static final Workflow<String, String> BOOM = Workflow.named("boom", "1")
            .input(String.class)
            .output(String.class)
            .body((run, name) -> run.step("fuse", String.class, step -> {
                throw new IllegalStateException("it went off");
            }));

    private static final Workflow<String, String> GATE = Workflow.named("gate", "1")
            .input(String.class)
            .output(String.class)
            .body((run, name) -> {
                Answer answer = run.approval("ask", ApprovalRequest.of("May it?"));
                return answer.approved() + " " + answer.comment();
            });

    private static final Workflow<String, String> NAP = Workflow.named("nap", "1")
            .input(String.class)
            .output(String.class)
            .body((run, name) -> {
                run.sleep("rest", Duration.ofDays(1));
                return name;
            });

    @Override
    public List<Workflow<?, ?>> workflows() {
        return List.of(GREET, BOOM, GATE, NAP);
    }

    @Override
    public List<Object> commands() {
        return List.of(new Hello());
    }

    @Command(name = "hello", description = "Says hello.")
    private static final class Hello implements Callable<Integer> {
        @Override
        public Integer call() {
            return 42;
        }
    }
}
