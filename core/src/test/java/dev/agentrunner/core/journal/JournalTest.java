package dev.agentrunner.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded ahead of what follows it: together with that, or by itself a moment later. */
class JournalTest {

    private final Executing run = new Executing();
    private final Journal.Pen pen = run.journal.takeOver();

    @AfterEach
    void close() {
        run.close();
    }

    private CompletableFuture<Void> start(String step) {
        return run.journal.record(
                pen, new StepCommand.Start(new StepId(step), step, "step", StepPlan.BODY, null, List.of()));
    }

    private void startAhead(String step) {
        run.journal.recordAhead(
                pen, new StepCommand.Start(new StepId(step), step, "step", StepPlan.BODY, null, List.of()));
    }

    private CompletableFuture<Void> completeAhead(String step) {
        return run.journal.recordAhead(
                pen, new StepCommand.Complete(new StepId(step), Value.inline(new Json("1")), 0, null, List.of()));
    }

    @Test
    void a_result_travels_with_what_is_recorded_next() {
        start("a");
        CompletableFuture<Void> result = completeAhead("a");
        assertThat(result).isNotDone();
        assertThat(run.written()).containsExactly("STEP_STARTED");
        start("b");
        assertThat(result).isCompleted();
        assertThat(run.written()).containsExactly("STEP_STARTED", "STEP_COMPLETED", "STEP_STARTED");
        run.timer.tick();
        assertThat(run.written()).hasSize(3);
    }

    @Test
    void a_start_travels_with_its_result_as_soon_as_somebody_waits_for_that() {
        startAhead("a");
        CompletableFuture<Void> result = completeAhead("a");
        assertThat(run.written()).isEmpty();
        run.journal.flush();
        assertThat(result).isCompleted();
        assertThat(run.written()).containsExactly("STEP_STARTED", "STEP_COMPLETED");
    }

    @Test
    void what_waits_when_writing_ends_is_told_so() {
        startAhead("a");
        CompletableFuture<Void> result = completeAhead("a");
        run.journal.lost();
        assertThat(result).isCompletedExceptionally();
        assertThatThrownBy(result::join).hasCauseInstanceOf(JournalStopped.class);
        run.timer.tick();
        assertThat(run.written()).isEmpty();
    }

    @Test
    void what_is_on_its_way_when_the_claim_is_gone_is_heard_out_for_it_may_be_what_let_the_run_go() {
        run.reached.stall();
        CompletableFuture<Void> end = run.journal.record(pen, new RunCommand.Complete(Value.NULL, List.of()));
        run.journal.lost();
        run.reached.recover();
        assertThat(end).isCompleted();
        assertThat(run.journal.isStopped()).isFalse();
        assertThat(run.written()).containsExactly("RUN_COMPLETED");
    }

    @Test
    void what_is_on_its_way_when_the_claim_was_taken_is_refused_and_ends_all_writing() {
        run.reached.stall();
        CompletableFuture<Void> start = start("a");
        run.store.queue().leave(Executing.NODE);
        run.journal.lost();
        run.reached.recover();
        assertThat(start).isCompletedExceptionally();
        assertThat(run.journal.isStopped()).isTrue();
        assertThat(run.written()).isEmpty();
    }

    @Test
    void who_has_no_pen_any_more_records_nothing() {
        run.journal.takeOver();
        assertThatThrownBy(() -> start("a"))
                .isInstanceOfSatisfying(
                        JournalStopped.class,
                        stopped -> assertThat(stopped.reason()).isEqualTo(JournalStopped.Reason.TAKEN_OVER));
        assertThat(run.written()).isEmpty();
    }

    @Test
    void a_start_without_a_result_is_durable_after_a_moment() {
        startAhead("a");
        run.timer.tick();
        assertThat(run.written()).containsExactly("STEP_STARTED");
    }

    @Test
    void a_start_has_a_moment_of_its_own() {
        startAhead("a");
        completeAhead("a");
        run.journal.flush();
        startAhead("b");
        CompletableFuture<Void> result = completeAhead("b");
        run.timer.tick();
        assertThat(result).isCompleted();
        assertThat(run.written()).hasSize(4);
    }

    @Test
    void a_result_that_nothing_follows_is_durable_after_a_moment() {
        start("a");
        CompletableFuture<Void> result = completeAhead("a");
        run.timer.tick();
        assertThat(result).isCompleted();
        start("b");
        CompletableFuture<Void> second = completeAhead("b");
        run.timer.tick();
        assertThat(second).isCompleted();
    }

    @Test
    void what_others_write_meanwhile_comes_first_and_nothing_is_lost() {
        start("a");
        CompletableFuture<Void> result = completeAhead("a");
        new Commander(run.store.log(), id -> Optional.empty())
                .execute(Executing.RUN, new OutsideCommand.Pause(null), Executing.ACTOR);
        run.timer.tick();
        assertThat(result).isCompleted();
        assertThat(run.written()).containsExactly("STEP_STARTED", "RUN_PAUSE_REQUESTED", "STEP_COMPLETED");
    }

    @Test
    void a_task_that_fails_holds_up_no_other() {
        run.background.soon(() -> {
            throw new AssertionError("as if there were no memory");
        });
        start("a");
        CompletableFuture<Void> result = completeAhead("a");
        run.timer.tick();
        assertThat(result).isCompleted();
    }

    @Test
    void once_no_time_passes_any_more_a_result_is_sent_at_once() {
        start("a");
        run.timer.shutdownNow();
        assertThat(completeAhead("a")).isCompleted();
    }
}
