package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Trace.Turn;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * What holds for every history that commands can reach. That what is decided can be applied, and reads
 * back from the log as the same state, {@link Trace} checks on every turn of every property.
 */
@Tag("random")
class RunHistoryTest {

    private static final int TRIES = 500;

    @Provide
    Arbitrary<List<Move>> moves() {
        return Moves.sequences();
    }

    @Property(tries = TRIES)
    void inv01_a_run_only_moves_forward_and_a_terminal_one_takes_nothing(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            RunStatus before = turn.before().status();
            RunStatus after = turn.after().status();
            if (before != null && before != after) {
                assertThat(before.mayBecome(after)).as("%s → %s", before, after).isTrue();
            }
            if (turn.before().isTerminal()) {
                assertThat(turn.facts()).isEmpty();
                assertThat(turn.after()).isEqualTo(turn.before());
            }
        });
    }

    @Property(tries = TRIES)
    void inv01_repeating_a_command_adds_nothing(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            if (!isMeantAnew(turn.command())) {
                assertThat(facts(turn.command().decide(turn.history())))
                        .as("what the same command adds when repeated")
                        .isEmpty();
            }
        });
    }

    private static List<Fact> facts(Decision decision) {
        return decision instanceof Decision.Accepted accepted ? accepted.facts() : List.of();
    }

    private static boolean isMeantAnew(Command command) {
        return command instanceof OutsideCommand.Signal
                || command instanceof StepCommand.Start
                || command instanceof StepCommand.Tell
                || (command instanceof StepCommand.FailAttempt attempt && attempt.retryAt() == null);
    }

    @Property(tries = TRIES)
    void inv02_a_step_only_moves_forward_and_its_attempts_only_grow(@ForAll("moves") List<Move> moves) {
        Trace.of(
                moves,
                turn -> turn.before().byId().forEach((id, before) -> {
                    StepState after = turn.after().byId().get(id);
                    assertThat(after).as("step %s is not forgotten", id).isNotNull();
                    assertThat(after.row().attempts())
                            .isGreaterThanOrEqualTo(before.row().attempts());
                    assertThat(after.failures()).isGreaterThanOrEqualTo(before.failures());
                    assertThat(after.plan()).as("plan of %s", id).isEqualTo(before.plan());
                    assertThat(after.row().startedSeq()).isEqualTo(before.row().startedSeq());
                    if (before.status().isTerminal()) {
                        assertThat(after).as("finished step %s", id).isEqualTo(before);
                    } else {
                        assertThat(before.status() == after.status()
                                        || before.status().mayBecome(after.status()))
                                .as("%s: %s → %s", id, before.status(), after.status())
                                .isTrue();
                    }
                }));
    }

    @Property(tries = TRIES)
    void inv02_a_step_counts_its_starts_and_names_its_events(@ForAll("moves") List<Move> moves) {
        Trace trace = Trace.of(moves, turn -> {});
        if (trace.events().isEmpty()) {
            return;
        }
        for (StepState step : trace.afterEvents().get(trace.events().size() - 1).steps()) {
            List<Event> own = trace.events().stream()
                    .filter(event -> step.row().id().equals(event.step()))
                    .filter(event -> FactCodec.decode(event) instanceof StepFact)
                    .toList();
            assertThat(own.stream().filter(event -> event.type().equals(EventType.STEP_STARTED)))
                    .hasSize(step.row().attempts());
            assertThat(step.row().startedSeq()).isEqualTo(own.get(0).seq());
            assertThat(step.row().outcomeSeq())
                    .isEqualTo(
                            step.status().isTerminal() ? own.get(own.size() - 1).seq() : 0);
        }
    }

    @Property(tries = TRIES)
    void inv04_seqs_are_1_to_n_without_gaps(@ForAll("moves") List<Move> moves) {
        Trace trace = Trace.of(
                moves,
                turn -> assertThat(turn.after().seq())
                        .isEqualTo(turn.before().seq() + turn.facts().size()));
        assertThat(trace.events())
                .extracting(Event::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, trace.events().size()).boxed().toList());
    }

    @Property(tries = TRIES / 5)
    void inv05_every_prefix_of_the_log_folds_to_the_state_of_that_moment(@ForAll("moves") List<Move> moves) {
        Trace trace = Trace.of(moves, turn -> {});
        for (int n = 1; n <= trace.events().size(); n++) {
            RunHistory folded = RunHistory.of(trace.events().subList(0, n));
            assertThat(Snapshot.of(folded)).isEqualTo(trace.afterEvents().get(n - 1));
        }
    }

    @Property(tries = TRIES)
    void inv06_epochs_and_recoveries_only_grow_and_a_stale_epoch_takes_nothing_up(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            if (turn.before().run() == null || turn.after().run() == null) {
                return;
            }
            Tenure before = turn.before().run().tenure();
            Tenure after = turn.after().run().tenure();
            assertThat(after.epoch()).isGreaterThanOrEqualTo(before.epoch());
            assertThat(after.recoveries()).isGreaterThanOrEqualTo(before.recoveries());
            assertThat(after.epoch() > before.epoch())
                    .as("a take-up is what raises the epoch")
                    .isEqualTo(turn.command() instanceof RunCommand.TakeUp
                            && !turn.facts().isEmpty());
        });
    }

    @Property(tries = TRIES)
    void inv08_an_at_most_once_step_starts_again_only_by_a_signal_of_its_own(@ForAll("moves") List<Move> moves) {
        Set<Long> usedUp = new HashSet<>();
        Trace.of(moves, turn -> {
            for (Fact fact : turn.facts()) {
                if (!(fact instanceof StepFact step) || turn.command() instanceof OutsideCommand.Submit) {
                    continue;
                }
                if (step.signalSeq() != null) {
                    assertThat(turn.before().waitingSignals()).contains(step.signalSeq());
                    assertThat(usedUp.add(step.signalSeq())).as("used up once").isTrue();
                }
                StepState before = turn.before().byId().get(step.step());
                if (step instanceof StepFact.Started
                        && before != null
                        && before.plan().atMostOnce()) {
                    assertThat(step.signalSeq())
                            .as("what allows %s to start again", step.step())
                            .isNotNull();
                }
            }
        });
    }

    @Property(tries = TRIES)
    void inv09_a_run_that_was_asked_to_cancel_ends_canceled_or_not_at_all(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            RunState after = turn.after().run();
            if (after != null && after.cancel() != null && after.status().isTerminal()) {
                assertThat(after.status()).isEqualTo(RunStatus.CANCELED);
            }
            if (turn.before().run() != null && turn.before().run().cancel() != null) {
                assertThat(after.cancel()).as("a cancel is never taken back").isNotNull();
            }
        });
    }

    @Property(tries = TRIES)
    void nothing_runs_in_a_run_that_ended(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            if (turn.after().isTerminal()) {
                assertThat(turn.after().steps()).noneMatch(step -> step.status() == StepStatus.RUNNING);
                assertThat(turn.after().ready()).isEqualTo(Ready.never());
                assertThat(turn.after().row().waiting()).isNull();
            }
        });
    }

    @Property(tries = TRIES)
    void a_run_is_held_exactly_while_it_runs_and_does_not_wait(@ForAll("moves") List<Move> moves) {
        Trace.of(moves, turn -> {
            RunState after = turn.after().run();
            if (after != null) {
                assertThat(turn.after().ready() instanceof Ready.Held)
                        .isEqualTo(after.status() == RunStatus.RUNNING && after.suspension() == null);
                assertThat(turn.facts().stream().noneMatch(RunFact.Woken.class::isInstance) || waited(turn))
                        .as("only who waits is woken")
                        .isTrue();
            }
        });
    }

    private static boolean waited(Turn turn) {
        return turn.before().run() != null && turn.before().run().suspension() != null;
    }
}
