package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.Decisions.accepts;
import static dev.agentrunner.core.state.Decisions.ignores;
import static dev.agentrunner.core.state.Decisions.refuses;
import static dev.agentrunner.core.state.Samples.A;
import static dev.agentrunner.core.state.Samples.BROKEN;
import static dev.agentrunner.core.state.Samples.ONE;
import static dev.agentrunner.core.state.Samples.T1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.StepCommand.Complete;
import dev.agentrunner.core.state.StepCommand.Fail;
import dev.agentrunner.core.state.StepCommand.FailAttempt;
import dev.agentrunner.core.state.StepCommand.Skip;
import dev.agentrunner.core.state.StepCommand.Start;
import dev.agentrunner.core.state.StepCommand.Tell;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Waiting;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepCommandTest {

    private static final List<Note> NOTES = List.of(Samples.TOLD);
    private static final Fact STARTED = Samples.started(A);
    private static final Fact SIGNALED = new RunFact.Signaled("go", Json.EMPTY, null);
    private static final Fact ONCE = new StepFact.Started(A, "a", "step", 1, StepPlan.BODY_AT_MOST_ONCE, null);
    private static final Failure OTHER = new Failure("io", "gone", true, null);

    private static Start start(Long approvedBy) {
        return new Start(A, "a", "step", StepPlan.BODY, approvedBy, NOTES);
    }

    private static StepFact.Started started(int attempt, Long signal) {
        return new StepFact.Started(A, "a", "step", attempt, StepPlan.BODY, signal);
    }

    @Test
    void every_start_is_a_further_attempt() {
        accepts(Samples.running(), start(null), Samples.TOLD, started(1, null));
        accepts(Samples.running(STARTED), start(null), Samples.TOLD, started(2, null));
    }

    @Test
    void what_must_not_run_twice_starts_again_only_by_a_waiting_signal() {
        String reason = "Step a was begun before and must not run twice";
        refuses(Samples.running(ONCE), start(null), Refusal.AT_MOST_ONCE, reason);
        refuses(Samples.running(ONCE), start(4L), Refusal.AT_MOST_ONCE, reason);
        accepts(Samples.running(ONCE, SIGNALED), start(4L), Samples.TOLD, started(2, 4L));
        refuses(Samples.running(ONCE, SIGNALED, started(2, 4L)), start(4L), Refusal.AT_MOST_ONCE, reason);
    }

    @Test
    void a_signal_that_is_not_waiting_approves_nothing() {
        refuses(Samples.running(), start(4L), Refusal.SIGNAL_CONSUMED, "Signal 4 is not waiting any more");
        accepts(Samples.running(SIGNALED), start(3L), Samples.TOLD, started(1, 3L));
    }

    @Test
    void a_failed_attempt_is_recorded_once() {
        FailAttempt command = new FailAttempt(A, BROKEN, T1, NOTES);
        Fact failed = new StepFact.AttemptFailed(A, 2, BROKEN, T1);
        accepts(Samples.running(STARTED, started(2, null)), command, Samples.TOLD, failed);
        ignores(Samples.running(STARTED, started(2, null), failed), command);
        RunHistory history = Samples.running(STARTED, new StepFact.AttemptFailed(A, 1, BROKEN, T1));
        accepts(history, new FailAttempt(A, OTHER, T1, List.of()), new StepFact.AttemptFailed(A, 1, OTHER, T1));
        accepts(
                history,
                new FailAttempt(A, BROKEN, Samples.T2, List.of()),
                new StepFact.AttemptFailed(A, 1, BROKEN, Samples.T2));
        accepts(history, new FailAttempt(A, BROKEN, null, List.of()), new StepFact.AttemptFailed(A, 1, BROKEN, null));
    }

    @Test
    void a_result_is_recorded_once_and_uses_its_signal_up() {
        Complete command = new Complete(A, ONE, 5, null, NOTES);
        Fact completed = new StepFact.Completed(A, ONE, 5, null);
        accepts(Samples.running(STARTED), command, Samples.TOLD, completed);
        ignores(Samples.running(STARTED, completed), command);
        refuses(
                Samples.running(STARTED, completed),
                new Complete(A, Samples.TWO, 5, null, NOTES),
                Refusal.STEP_FINISHED,
                "Step a is COMPLETED");
        accepts(
                Samples.running(SIGNALED, STARTED),
                new Complete(A, ONE, 5, 3L, NOTES),
                Samples.TOLD,
                new StepFact.Completed(A, ONE, 5, 3L));
        refuses(
                Samples.running(STARTED),
                new Complete(A, ONE, 5, 3L, NOTES),
                Refusal.SIGNAL_CONSUMED,
                "Signal 3 was consumed by another step");
    }

    @Test
    void a_failure_is_recorded_once() {
        Fail command = new Fail(A, BROKEN, 5, NOTES);
        Fact failed = new StepFact.Failed(A, BROKEN, 5);
        accepts(Samples.running(STARTED), command, Samples.TOLD, failed);
        ignores(Samples.running(STARTED, failed), command);
        refuses(
                Samples.running(STARTED, failed),
                new Fail(A, OTHER, 5, NOTES),
                Refusal.STEP_FINISHED,
                "Step a is FAILED");
        accepts(
                Samples.running(STARTED, new StepFact.AttemptFailed(A, 1, BROKEN, null)),
                command,
                Samples.TOLD,
                failed);
    }

    @Test
    void only_a_step_that_has_not_begun_is_skipped() {
        Skip command = new Skip(A, "a", "step", "why", NOTES);
        Fact skipped = new StepFact.Skipped(A, "a", "step", "why");
        accepts(Samples.running(), command, Samples.TOLD, skipped);
        ignores(Samples.running(skipped), command);
        refuses(Samples.running(STARTED), command, Refusal.STEP_FINISHED, "Step a is RUNNING");
    }

    @Test
    void what_a_step_tells_is_taken_while_it_runs_even_if_the_run_waits() {
        Tell command = new Tell(A, NOTES);
        Fact asleep = new RunFact.Suspended(Waiting.TIMER, null, Set.of(), null);
        accepts(Samples.running(STARTED), command, Samples.TOLD);
        accepts(Samples.running(STARTED, asleep), command, Samples.TOLD);
        assertThat(command.decide(Samples.history(STARTED))).isEqualTo(Decision.accept(Samples.TOLD));
    }

    static Stream<StepCommand> all() {
        return Stream.of(
                start(null),
                new Tell(A, NOTES),
                new FailAttempt(A, BROKEN, null, NOTES),
                new Complete(A, ONE, 1, null, NOTES),
                new Fail(A, BROKEN, 1, NOTES),
                new Skip(A, "a", "step", null, NOTES));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_finished_run_takes_nothing(StepCommand command) {
        RunHistory history = Samples.running(STARTED, new RunFact.Failed(BROKEN));
        refuses(history, command, Refusal.RUN_FINISHED, "The run is FAILED");
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_finished_step_takes_nothing(StepCommand command) {
        RunHistory history = Samples.running(STARTED, new StepFact.Canceled(A, null));
        refuses(history, command, Refusal.STEP_FINISHED, "Step a is CANCELED");
    }

    @ParameterizedTest
    @MethodSource("all")
    void only_who_took_the_run_up_changes_its_steps(StepCommand command) {
        if (command instanceof Tell) {
            return;
        }
        Fact asleep = new RunFact.Suspended(Waiting.TIMER, null, Set.of(), null);
        String reason = "The run was not taken up by this node";
        refuses(Samples.history(STARTED), command, Refusal.NOT_CLAIMED, reason);
        refuses(Samples.running(STARTED, asleep), command, Refusal.NOT_CLAIMED, reason);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_step_that_has_not_begun_cannot_end(StepCommand command) {
        if (!(command instanceof Start || command instanceof Skip)) {
            refuses(Samples.running(), command, Refusal.STEP_NOT_STARTED, "Step a was not started");
        }
    }
}
