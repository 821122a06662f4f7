package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.ApprovalRequest.OnTimeout;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asking a person: who answered what is recorded, and silence means what was said beforehand. */
public abstract class ApprovalsContract extends EngineContract {

    private static Workflow<String, Answer> asking(ApprovalRequest request) {
        // Each has a name of its own: of two nodes that know one name, either may execute it.
        return workflow("asking-" + request.onTimeout(), Answer.class, (run, in) -> run.approval("gate", request));
    }

    @Test
    void an_answer_says_who_gave_it_and_why() throws Exception {
        Workflow<String, Answer> workflow = asking(ApprovalRequest.of("Publish it?"));
        AgentRunner runner = runner(workflow);
        RunHandle run = runner.submit(workflow, "");
        awaitWaiting(runner, run, Waiting.APPROVAL);
        assertThat(log(runner, run))
                .anyMatch(event -> event.type().name().equals("LOG")
                        && event.payload().text().contains("Publish it?"));

        runner.as(Actor.user("ada"))
                .handle(run.id())
                .signal("approval.gate", Map.of("approved", true, "comment", "looks good", "payload", Map.of("n", 1)));

        Answer answer = run.await(Answer.class, SOON);
        assertThat(answer.approved()).isTrue();
        assertThat(answer.by()).isEqualTo("user:ada");
        assertThat(answer.comment()).isEqualTo("looks good");
        assertThat(answer.payload()).isEqualTo(new Json("{\"n\":1}"));
        refolded(runner, run);
    }

    @Test
    void an_answer_without_a_decision_is_refused_and_the_run_goes_on_waiting() throws Exception {
        Workflow<String, Answer> workflow = asking(ApprovalRequest.of("Publish it?"));
        AgentRunner runner = runner(workflow);
        RunHandle run = runner.submit(workflow, "");
        awaitWaiting(runner, run, Waiting.APPROVAL);

        for (Object none : List.of("yes", Map.of("comment", "hm"), Map.of("approved", "yes"))) {
            assertThatThrownBy(() -> run.signal("approval.gate", none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"approved\": true or false");
        }
        run.signal("approval.gate", Map.of("approved", false));

        assertThat(run.await(Answer.class, SOON).approved()).isFalse();
    }

    @Test
    void a_silence_fails_unless_it_means_something_else() throws Exception {
        Duration moment = Duration.ofMillis(20);
        Workflow<String, Answer> failing = asking(ApprovalRequest.of("?").timeout(moment, OnTimeout.FAIL));
        AgentRunner runner = runner(failing);
        assertThatThrownBy(() -> runner.submit(failing, "").await(Answer.class, SOON))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("No approval came in time");

        for (OnTimeout meaning : List.of(OnTimeout.APPROVE, OnTimeout.REJECT, OnTimeout.SKIP)) {
            Workflow<String, Answer> workflow = asking(ApprovalRequest.of("?").timeout(moment, meaning));
            AgentRunner other = runner(workflow);
            RunHandle run = other.submit(workflow, "");
            Answer answer = run.await(Answer.class, SOON);
            assertThat(answer)
                    .isEqualTo(
                            meaning == OnTimeout.SKIP
                                    ? null
                                    : new Answer(meaning == OnTimeout.APPROVE, "timeout", null, null));
            assertThat(other.store().catalog().steps(run.id()).get(0).step().status())
                    .isEqualTo(StepStatus.COMPLETED);
        }
    }
}
