package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.Samples.A;
import static dev.agentrunner.core.state.Samples.B;
import static dev.agentrunner.core.state.Samples.BROKEN;
import static dev.agentrunner.core.state.Samples.N1;
import static dev.agentrunner.core.state.Samples.N2;
import static dev.agentrunner.core.state.Samples.T1;
import static dev.agentrunner.core.state.Samples.T2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Examples of the state that facts leave. */
class RunHistoryFoldTest {

    private static Fact asleep(Waiting waiting, Instant until, String... signals) {
        return new RunFact.Suspended(waiting, until, Set.of(signals), null);
    }

    @Test
    void a_new_run_is_queued() {
        RunHistory history = Samples.history();
        assertThat(history.run().row()).isEqualTo(RunRow.QUEUED);
        assertThat(history.run().birth()).isEqualTo(Samples.PLAIN);
        assertThat(history.run().tenure()).isEqualTo(new Tenure(null, 0, 0));
        assertThat(history.seq()).isEqualTo(1);
        assertThat(history.exists()).isTrue();
        assertThat(history.isTerminal()).isFalse();
        assertThat(history.ready()).isEqualTo(Ready.now());
    }

    @Test
    void a_run_knows_who_took_it_up_and_how_often() {
        RunHistory history = Samples.running();
        assertThat(history.run().tenure()).isEqualTo(new Tenure(N1, 1, 0));
        history.apply(new RunFact.Recovered(N2, 2, N1, 1));
        assertThat(history.run().tenure()).isEqualTo(new Tenure(N2, 2, 1));
        history.apply(asleep(Waiting.TIMER, T1));
        history.apply(new RunFact.Woken(N1, 3, "timer"));
        assertThat(history.run().tenure()).isEqualTo(new Tenure(N1, 3, 1));
        assertThat(history.run().row()).isEqualTo(new RunRow(RunStatus.RUNNING, null, null, false, false, 1));
    }

    @Test
    void a_row_shows_wait_pause_and_cancel() {
        RunHistory history = Samples.running(
                asleep(Waiting.APPROVAL, T1), new RunFact.PauseRequested(null), new RunFact.CancelRequested("w", true));
        assertThat(history.run().row()).isEqualTo(new RunRow(RunStatus.RUNNING, Waiting.APPROVAL, T1, true, true, 0));
        assertThat(history.run().cancel()).isEqualTo(new Cancel("w", true));
        history.apply(new RunFact.Unpaused(null));
        history.apply(new RunFact.Canceled("w"));
        assertThat(history.run().row()).isEqualTo(new RunRow(RunStatus.CANCELED, null, null, true, false, 0));
        assertThat(history.run().ending()).isEqualTo(new RunFact.Canceled("w"));
        assertThat(history.isTerminal()).isTrue();
    }

    @Test
    void every_end_is_kept() {
        for (RunFact end : List.of(new RunFact.Completed(Samples.ONE), new RunFact.Failed(BROKEN))) {
            RunHistory history = Samples.running(end);
            assertThat(history.run().ending()).isEqualTo(end);
            assertThat(history.ready()).isEqualTo(Ready.never());
        }
    }

    @Test
    void a_run_that_waits_is_ready_when_its_wait_ends() {
        assertThat(Samples.running().ready()).isEqualTo(Ready.held());
        assertThat(Samples.running(asleep(Waiting.TIMER, T1)).ready()).isEqualTo(Ready.at(T1));
        assertThat(Samples.running(asleep(Waiting.CHILD, null)).ready()).isEqualTo(Ready.never());
        assertThat(Samples.running(asleep(Waiting.PAUSED, null)).ready()).isEqualTo(Ready.now());
    }

    @Test
    void a_run_that_waits_is_ready_at_its_deadline_at_the_latest() {
        Fact started = new RunFact.Started(N1, 1);
        Birth early = Samples.born(T1);
        Birth late = Samples.born(T2);
        assertThat(Samples.history(early, started, asleep(Waiting.TIMER, T2)).ready())
                .isEqualTo(Ready.at(T1));
        assertThat(Samples.history(late, started, asleep(Waiting.TIMER, T1)).ready())
                .isEqualTo(Ready.at(T1));
        assertThat(Samples.history(early, started, asleep(Waiting.SIGNAL, null)).ready())
                .isEqualTo(Ready.at(T1));
    }

    @Test
    void a_signal_ends_the_wait_for_it_whenever_it_came() {
        Fact go = new RunFact.Signaled("go", Json.EMPTY, null);
        Fact wait = asleep(Waiting.SIGNAL, T1, "go", "stop");
        assertThat(Samples.running(wait, go).ready()).isEqualTo(Ready.now());
        assertThat(Samples.running(go, wait).ready()).isEqualTo(Ready.now());
        assertThat(Samples.running(wait, new RunFact.Signaled("other", Json.EMPTY, null))
                        .ready())
                .isEqualTo(Ready.at(T1));
    }

    @Test
    void a_paused_run_waits_until_it_is_unpaused_or_canceled() {
        RunHistory history = Samples.running(asleep(Waiting.TIMER, T1), new RunFact.PauseRequested(null));
        assertThat(history.ready()).isEqualTo(Ready.never());
        history.apply(new RunFact.Unpaused(null));
        assertThat(history.ready()).isEqualTo(Ready.at(T1));
        history.apply(new RunFact.PauseRequested(null));
        history.apply(new RunFact.CancelRequested(null, false));
        assertThat(history.ready()).isEqualTo(Ready.now());
    }

    @Test
    void signals_wait_in_order_until_a_step_uses_them_up() {
        Fact started = Samples.started(A);
        RunHistory history = Samples.running(
                new RunFact.Signaled("go", new Json("1"), null),
                new RunFact.Signaled("go", new Json("2"), null),
                started);
        assertThat(history.signal("go"))
                .contains(new Signals.Signal(3, new RunFact.Signaled("go", new Json("1"), null)));
        assertThat(history.signal("stop")).isEmpty();
        history.apply(new StepFact.Completed(A, Samples.ONE, 1, 3L));
        assertThat(history.signal("go"))
                .contains(new Signals.Signal(4, new RunFact.Signaled("go", new Json("2"), null)));
        assertThat(history.isWaiting(3)).isFalse();
        assertThat(history.isWaiting(4)).isTrue();
    }

    @Test
    void a_step_nobody_named_is_pending() {
        StepState step = Samples.running().step(A);
        assertThat(step.row()).isEqualTo(new StepRow(A, "a", "step", StepStatus.PENDING, 0, 0, 0));
        assertThat(step.plan()).isEqualTo(StepPlan.BODY);
        assertThat(step.failures()).isZero();
    }

    @Test
    void a_step_counts_attempts_and_failures_and_keeps_its_first_plan() {
        RunHistory history = Samples.running(
                new StepFact.Started(A, "a", "await", 1, StepPlan.until(T1), null),
                new StepFact.AttemptFailed(A, 1, BROKEN, T2));
        assertThat(history.step(A))
                .isEqualTo(new StepState(
                        new StepRow(A, "a", "await", StepStatus.RUNNING, 1, 3, 0),
                        StepPlan.until(T1),
                        1,
                        T2,
                        null,
                        BROKEN));
        history.apply(new StepFact.Started(A, "a", "await", 2, StepPlan.BODY, null));
        assertThat(history.step(A))
                .isEqualTo(new StepState(
                        new StepRow(A, "a", "await", StepStatus.RUNNING, 2, 3, 0),
                        StepPlan.until(T1),
                        1,
                        null,
                        null,
                        BROKEN));
        assertThat(history.running()).containsExactly(history.step(A));
        history.apply(new StepFact.Failed(A, BROKEN, 1));
        assertThat(history.step(A))
                .isEqualTo(new StepState(
                        new StepRow(A, "a", "await", StepStatus.FAILED, 2, 3, 6),
                        StepPlan.until(T1),
                        2,
                        null,
                        null,
                        BROKEN));
        assertThat(history.running()).isEmpty();
    }

    @Test
    void a_step_that_ended_keeps_how() {
        RunHistory history = Samples.running(
                Samples.started(B),
                new StepFact.AttemptFailed(B, 1, BROKEN, T1),
                new StepFact.Completed(B, Samples.ONE, 1, null),
                new StepFact.Skipped(A, "other", "await", "why"),
                Samples.LOG);
        StepRow completed = new StepRow(B, "b", "step", StepStatus.COMPLETED, 1, 3, 5);
        StepRow skipped = new StepRow(A, "other", "await", StepStatus.SKIPPED, 0, 6, 6);
        assertThat(history.steps())
                .containsExactly(
                        new StepState(completed, StepPlan.BODY, 1, null, Samples.ONE, null),
                        new StepState(skipped, StepPlan.BODY, 0, null, null, null));
        assertThat(history.seq()).isEqualTo(7);
        assertThatThrownBy(() -> history.steps().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_canceled_step_keeps_what_is_known_of_it() {
        RunHistory history = Samples.running(Samples.started(A), new StepFact.Canceled(A, "why"));
        assertThat(history.step(A))
                .isEqualTo(new StepState(
                        new StepRow(A, "a", "step", StepStatus.CANCELED, 1, 3, 4), StepPlan.BODY, 0, null, null, null));
    }

    @Test
    void a_log_is_folded_from_its_beginning_and_without_gaps() {
        List<Fact> facts = List.of(new RunFact.Queued(Samples.PLAIN), new RunFact.Started(N1, 1));
        assertThat(RunHistory.of(List.of()).exists()).isFalse();
        assertThat(RunHistory.of(List.of(Samples.event(1, facts.get(0)), Samples.event(2, facts.get(1))))
                        .seq())
                .isEqualTo(2);
        assertThatThrownBy(() -> RunHistory.of(List.of(Samples.event(1, facts.get(0)), Samples.event(3, facts.get(1)))))
                .isInstanceOf(IllegalHistoryException.class)
                .hasMessage("Event 3 of run " + Samples.RUN + " stands where event 2 should; read the log from its"
                        + " beginning, in order and without gaps");
    }

    @Test
    void plans_and_values_are_made_as_they_say() {
        assertThat(StepPlan.until(T1)).isEqualTo(new StepPlan(false, null, T1, null));
        assertThat(StepPlan.signal("go", T1)).isEqualTo(new StepPlan(false, "go", T1, null));
        assertThat(StepPlan.child(Samples.RUN)).isEqualTo(new StepPlan(false, null, null, Samples.RUN));
        assertThat(Value.NULL).isEqualTo(Value.inline(Json.NULL));
        assertThat(new StepFact.Failed(A, BROKEN, 1).signalSeq()).isNull();
        assertThatThrownBy(() -> new Value(null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Value(Json.NULL, Samples.BLOB)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_illegal_event_of_a_step_is_told_with_its_step() {
        assertThatThrownBy(() -> Samples.running().apply(new StepFact.Failed(A, BROKEN, 1)))
                .hasMessage("Event 3 of type STEP_FAILED on step a is not possible in status PENDING; the log was"
                        + " changed by something other than the engine");
        assertThatThrownBy(() -> new RunHistory().apply(new RunFact.Started(N1, 1)))
                .hasMessage("Event 1 of type RUN_STARTED is not possible in status null; the log was changed by"
                        + " something other than the engine");
    }
}
