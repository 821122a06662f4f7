package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.Decisions.accepts;
import static dev.agentrunner.core.state.Decisions.ignores;
import static dev.agentrunner.core.state.Decisions.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.RunCommand.Complete;
import dev.agentrunner.core.state.RunCommand.Fail;
import dev.agentrunner.core.state.RunCommand.FinishCancel;
import dev.agentrunner.core.state.RunCommand.Suspend;
import dev.agentrunner.core.state.RunCommand.TakeUp;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Waiting;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunCommandTest {

    private static final Fact ASLEEP = new RunFact.Suspended(Waiting.TIMER, Samples.T1, Set.of(), null);

    @Test
    void taking_up_starts_a_queued_run() {
        accepts(Samples.history(), new TakeUp(Samples.N1, 1, 0), new RunFact.Started(Samples.N1, 1));
        refuses(
                Samples.history(),
                new TakeUp(Samples.N1, 0, 0),
                Refusal.NOT_CLAIMED,
                "Epoch 0 is not newer than epoch 0");
    }

    @Test
    void taking_up_wakes_a_suspended_run_and_names_the_cause() {
        accepts(Samples.running(ASLEEP), new TakeUp(Samples.N2, 2, 0), new RunFact.Woken(Samples.N2, 2, "timer"));
        accepts(
                Samples.running(ASLEEP, new RunFact.CancelRequested(null, false)),
                new TakeUp(Samples.N2, 2, 0),
                new RunFact.Woken(Samples.N2, 2, "cancel"));
        refuses(
                Samples.running(ASLEEP),
                new TakeUp(Samples.N1, 1, 0),
                Refusal.NOT_CLAIMED,
                "Epoch 1 is not newer than epoch 1");
    }

    @Test
    void taking_up_recovers_a_run_from_a_node_that_died() {
        accepts(Samples.running(), new TakeUp(Samples.N2, 2, 1), new RunFact.Recovered(Samples.N2, 2, Samples.N1, 1));
        accepts(
                Samples.running(new RunFact.Recovered(Samples.N2, 2, Samples.N1, 1)),
                new TakeUp(Samples.N1, 3, 2),
                new RunFact.Recovered(Samples.N1, 3, Samples.N2, 2));
    }

    @Test
    void the_holder_takes_up_what_it_has_and_nobody_else_does() {
        ignores(Samples.running(), new TakeUp(Samples.N1, 1, 0));
        refuses(
                Samples.running(),
                new TakeUp(Samples.N2, 1, 0),
                Refusal.NOT_CLAIMED,
                "Epoch 1 is not newer than epoch 1");
        refuses(
                Samples.running(new RunFact.Recovered(Samples.N2, 3, Samples.N1, 1)),
                new TakeUp(Samples.N1, 2, 0),
                Refusal.NOT_CLAIMED,
                "Epoch 2 is not newer than epoch 3");
    }

    @Test
    void a_run_that_kills_its_nodes_fails_with_its_steps() {
        Failure failure = new Failure(
                "max_recoveries",
                "The run was taken over from a dead node 1 times, more than the allowed 0; it probably kills the"
                        + " nodes that execute it. Find out why, then fork it",
                false,
                null);
        accepts(
                Samples.running(Samples.started(Samples.A)),
                new TakeUp(Samples.N2, 2, 0),
                new RunFact.Recovered(Samples.N2, 2, Samples.N1, 1),
                new StepFact.Canceled(Samples.A, "the run ended"),
                new RunFact.Failed(failure));
    }

    @Test
    void a_run_that_kills_its_nodes_and_was_asked_to_cancel_is_canceled() {
        accepts(
                Samples.running(new RunFact.CancelRequested("why", false)),
                new TakeUp(Samples.N2, 2, 0),
                new RunFact.Recovered(Samples.N2, 2, Samples.N1, 1),
                new RunFact.Canceled("why"));
    }

    @Test
    void suspend_says_what_ends_the_wait() {
        accepts(
                Samples.running(),
                new Suspend(Waiting.SIGNAL, Samples.T1, Set.of("go"), "why"),
                new RunFact.Suspended(Waiting.SIGNAL, Samples.T1, Set.of("go"), "why"));
    }

    @Test
    void an_end_takes_notes_and_running_steps_with_it() {
        RunHistory history = Samples.running(
                Samples.started(Samples.A),
                Samples.started(Samples.B),
                new StepFact.Completed(Samples.A, Samples.ONE, 1, null));
        StepFact.Canceled open = new StepFact.Canceled(Samples.B, "the run ended");
        accepts(
                history,
                new Complete(Samples.ONE, List.of(Samples.TOLD)),
                Samples.TOLD,
                open,
                new RunFact.Completed(Samples.ONE));
        accepts(
                history,
                new Fail(Samples.BROKEN, List.of(Samples.TOLD)),
                Samples.TOLD,
                open,
                new RunFact.Failed(Samples.BROKEN));
        accepts(history, new FinishCancel(), open, new RunFact.Canceled(null));
    }

    @Test
    void whatever_ends_a_run_that_was_asked_to_cancel_cancels_it() {
        RunHistory history = Samples.running(new RunFact.CancelRequested("why", false));
        accepts(history, new Complete(Samples.ONE, List.of(Samples.TOLD)), new RunFact.Canceled("why"));
        accepts(history, new Fail(Samples.BROKEN, List.of(Samples.TOLD)), new RunFact.Canceled("why"));
        accepts(history, new FinishCancel(), new RunFact.Canceled("why"));
    }

    static Stream<RunCommand> all() {
        return Stream.of(
                new TakeUp(Samples.N1, 9, 9),
                new Suspend(Waiting.TIMER, null, Set.of(), null),
                new Complete(Samples.ONE, List.of()),
                new Fail(Samples.BROKEN, List.of()),
                new FinishCancel());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_finished_run_takes_nothing(RunCommand command) {
        refuses(
                Samples.running(new RunFact.Failed(Samples.BROKEN)),
                command,
                Refusal.RUN_FINISHED,
                "The run is FAILED");
    }

    @ParameterizedTest
    @MethodSource("all")
    void only_who_took_the_run_up_commands_it(RunCommand command) {
        if (command instanceof TakeUp) {
            assertThat(command.execute(Samples.history())).isEqualTo(command.decide(Samples.history()));
            return;
        }
        String reason = "The run was not taken up by this node";
        refuses(Samples.history(), command, Refusal.NOT_CLAIMED, reason);
        refuses(Samples.running(ASLEEP), command, Refusal.NOT_CLAIMED, reason);
    }
}
