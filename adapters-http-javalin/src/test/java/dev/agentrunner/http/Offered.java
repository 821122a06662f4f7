package dev.agentrunner.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Workflows that the tests run. */
final class Offered {

    record Person(@JsonProperty(required = true) String name, int age) {}

    private Offered() {}

    static List<Workflow<?, ?>> all() {
        return List.of(echo("1"), echo("2"), person(), waiter(), asker(), failing(), making(), large());
    }

    private static Workflow<Json, Json> echo(String version) {
        return Workflow.named("echo", version)
                .description("Gives back what it gets")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> run.step("say", Json.class, step -> input));
    }

    private static Workflow<Person, String> person() {
        return Workflow.named("person", "1")
                .input(Person.class)
                .output(String.class)
                .body((run, person) -> person.name());
    }

    /** Waits for the signal {@code go}. */
    private static Workflow<Json, Json> waiter() {
        return Workflow.named("waiter", "1")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> {
                    run.step("begin", Json.class, step -> input);
                    return run.await("go", Json.class);
                });
    }

    private static Workflow<Json, Boolean> asker() {
        return Workflow.named("asker", "1")
                .input(Json.class)
                .output(Boolean.class)
                .body((run, input) -> {
                    run.step("draft", String.class, step -> {
                        step.artifact("draft.md", "document", "# Draft");
                        return "made";
                    });
                    Answer answer = run.approval("review", ApprovalRequest.of("May this be sent?"));
                    return answer != null && answer.approved();
                });
    }

    private static Workflow<Json, Json> failing() {
        return Workflow.named("failing", "1")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> run.step("break", Json.class, step -> {
                    throw new TerminalFailureException("It is broken");
                }));
    }

    /** Makes one artifact, of the name, the kind and the text that it is given. */
    private static Workflow<Json, Json> making() {
        return Workflow.named("making", "1")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> run.step("make", Json.class, step -> {
                    byte[] bytes = input.tree().path("text").asText().getBytes(StandardCharsets.UTF_8);
                    step.artifact(
                            input.tree().path("name").asText(),
                            "document",
                            input.tree().path("media_type").asText("text/plain"),
                            bytes);
                    return input;
                }));
    }

    /** Gives a text of so many characters. */
    private static Workflow<Integer, Json> large() {
        return Workflow.named("large", "1")
                .input(Integer.class)
                .output(Json.class)
                .body((run, size) -> run.step("grow", Json.class, step -> Json.of(TextNode.valueOf("x".repeat(size)))));
    }
}
