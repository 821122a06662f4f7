package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.Decisions.accepts;
import static dev.agentrunner.core.state.Decisions.ignores;
import static dev.agentrunner.core.state.Decisions.refuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.OutsideCommand.Pause;
import dev.agentrunner.core.state.OutsideCommand.RequestCancel;
import dev.agentrunner.core.state.OutsideCommand.Signal;
import dev.agentrunner.core.state.OutsideCommand.Submit;
import dev.agentrunner.core.state.OutsideCommand.Unpause;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutsideCommandTest {

    private static final String FINISHED =
            "The run is COMPLETED; nothing can change it. To go on from its results, fork it";

    @Test
    void submit_begins_with_the_birth_and_the_copies() {
        Fact started = Samples.started(Samples.A);
        accepts(
                new RunHistory(),
                new Submit(Samples.PLAIN, List.of(started, Samples.LOG)),
                new RunFact.Queued(Samples.PLAIN),
                started,
                Samples.LOG);
        refuses(
                Samples.history(),
                new Submit(Samples.PLAIN, List.of()),
                Refusal.ALREADY_EXISTS,
                "The run exists already");
    }

    @Test
    void a_signal_is_taken_every_time() {
        Signal signal = new Signal("go", Json.EMPTY, "user:ada");
        accepts(Samples.history(), signal, new RunFact.Signaled("go", Json.EMPTY, "user:ada"));
        accepts(
                Samples.running(new RunFact.Signaled("go", Json.EMPTY, "user:ada")),
                signal,
                new RunFact.Signaled("go", Json.EMPTY, "user:ada"));
    }

    @Test
    void pause_and_unpause_change_what_is_not_so_yet() {
        RunHistory paused = Samples.running(new RunFact.PauseRequested(null));
        accepts(Samples.running(), new Pause("why"), new RunFact.PauseRequested("why"));
        ignores(paused, new Pause("why"));
        accepts(paused, new Unpause("why"), new RunFact.Unpaused("why"));
        ignores(Samples.running(), new Unpause("why"));
        ignores(Samples.running(new RunFact.PauseRequested(null), new RunFact.Unpaused(null)), new Unpause("why"));
    }

    @Test
    void cancel_is_requested_of_a_running_run_once() {
        accepts(Samples.running(), new RequestCancel("why", false), new RunFact.CancelRequested("why", false));
        ignores(Samples.running(new RunFact.CancelRequested(null, false)), new RequestCancel("why", false));
        ignores(Samples.running(new RunFact.CancelRequested(null, true)), new RequestCancel("why", false));
    }

    @Test
    void force_ends_the_run_and_its_running_steps_at_once() {
        StepFact.Canceled step = new StepFact.Canceled(Samples.A, "the run ended");
        accepts(
                Samples.running(Samples.started(Samples.A)),
                new RequestCancel("why", true),
                new RunFact.CancelRequested("why", true),
                step,
                new RunFact.Canceled("why"));
        accepts(
                Samples.running(Samples.started(Samples.A), new RunFact.CancelRequested(null, false)),
                new RequestCancel("why", true),
                new RunFact.CancelRequested("why", true),
                step,
                new RunFact.Canceled("why"));
        accepts(
                Samples.running(new RunFact.CancelRequested(null, true)),
                new RequestCancel("why", true),
                new RunFact.Canceled("why"));
    }

    @Test
    void a_run_that_has_not_begun_is_canceled_at_once() {
        accepts(
                Samples.history(),
                new RequestCancel(null, false),
                new RunFact.CancelRequested(null, false),
                new RunFact.Canceled(null));
        ignores(Samples.history(new RunFact.Canceled(null)), new RequestCancel("why", true));
    }

    static Stream<Command> changes() {
        return Stream.of(
                new Signal("go", Json.EMPTY, "user:ada"),
                new Pause(null),
                new Unpause(null),
                new RequestCancel(null, true));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_finished_run_takes_nothing(Command command) {
        refuses(Samples.running(new RunFact.Completed(Samples.ONE)), command, Refusal.RUN_FINISHED, FINISHED);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void a_run_that_does_not_exist_takes_nothing(Command command) {
        RunHistory none = new RunHistory();
        assertThat(none.exists()).isFalse();
        assertThatThrownBy(() -> command.decide(none))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No event of the run was folded yet");
    }
}
