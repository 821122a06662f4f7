package dev.agentrunner.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.core.state.TransitionTable.Transition;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands reach every transition of the tables, and nothing gets past the tables. */
class TransitionTest {

    /** So many random sequences are tried at most; a few hundred have always been enough. */
    private static final int PATIENCE = 5_000;

    @Tag("random")
    @Example
    void every_legal_transition_is_visited() {
        Set<Transition<?>> missing = new HashSet<>();
        missing.addAll(RunTable.TABLE.transitions());
        missing.addAll(StepTable.TABLE.transitions());
        playUntilEmpty(missing, turn -> {
            RunStatus run = turn.before().status();
            Map<StepId, StepStatus> now = new HashMap<>();
            for (Fact fact : turn.facts()) {
                if (fact instanceof StepFact step) {
                    StepStatus before =
                            now.getOrDefault(step.step(), turn.before().status(step.step()));
                    StepStatus after = StepTable.TABLE.next(before, fact.type()).orElseThrow();
                    missing.remove(new Transition<>(before, fact.type(), after));
                    now.put(step.step(), after);
                } else if (!(fact instanceof Note.Other || fact instanceof LlmNote || fact instanceof WorkspaceNote)) {
                    RunStatus after = RunTable.TABLE.next(run, fact.type()).orElseThrow();
                    missing.remove(new Transition<>(run, fact.type(), after));
                    run = after;
                }
            }
        });
        assertThat(missing).as("never visited").isEmpty();
    }

    @Tag("random")
    @Example
    void every_command_is_accepted_ignored_and_refused_for_every_reason_it_has() {
        Set<String> missing = Stream.of(
                        "Submit accepted, Submit ALREADY_EXISTS",
                        "Signal accepted, Signal RUN_FINISHED",
                        "Pause accepted, Pause ignored, Pause RUN_FINISHED",
                        "Unpause accepted, Unpause ignored, Unpause RUN_FINISHED",
                        "RequestCancel accepted, RequestCancel ignored, RequestCancel RUN_FINISHED",
                        "TakeUp accepted, TakeUp ignored, TakeUp RUN_FINISHED, TakeUp NOT_CLAIMED",
                        "Suspend accepted, Suspend RUN_FINISHED, Suspend NOT_CLAIMED",
                        "RunCommand.Complete accepted, RunCommand.Complete RUN_FINISHED",
                        "RunCommand.Fail accepted, RunCommand.Fail NOT_CLAIMED",
                        "FinishCancel accepted, FinishCancel RUN_FINISHED, FinishCancel NOT_CLAIMED",
                        "Start accepted, Start RUN_FINISHED, Start NOT_CLAIMED, Start STEP_FINISHED",
                        "Start AT_MOST_ONCE, Start SIGNAL_CONSUMED",
                        "Tell accepted, Tell RUN_FINISHED, Tell STEP_NOT_STARTED, Tell STEP_FINISHED",
                        "FailAttempt accepted, FailAttempt ignored, FailAttempt STEP_NOT_STARTED",
                        "FailAttempt STEP_FINISHED, FailAttempt NOT_CLAIMED, FailAttempt RUN_FINISHED",
                        "StepCommand.Complete accepted, StepCommand.Complete ignored",
                        "StepCommand.Complete SIGNAL_CONSUMED, StepCommand.Complete STEP_FINISHED",
                        "StepCommand.Fail accepted, StepCommand.Fail ignored, StepCommand.Fail STEP_FINISHED",
                        "Skip accepted, Skip ignored, Skip STEP_FINISHED, Skip NOT_CLAIMED, Skip RUN_FINISHED")
                .flatMap(line -> Stream.of(line.split(", ")))
                .collect(Collectors.toCollection(HashSet::new));
        playUntilEmpty(missing, turn -> missing.remove(answer(turn)));
        assertThat(missing).as("never answered").isEmpty();
    }

    private static void playUntilEmpty(Set<?> missing, Trace.Check check) {
        Iterator<List<Move>> sequences = Moves.sequences().sampleStream().iterator();
        for (int i = 0; i < PATIENCE && !missing.isEmpty(); i++) {
            Trace.of(sequences.next(), check);
        }
    }

    private static String answer(Trace.Turn turn) {
        Class<?> kind = turn.command().getClass();
        boolean twoOfThem =
                kind.getSimpleName().equals("Complete") || kind.getSimpleName().equals("Fail");
        String name = (twoOfThem ? kind.getEnclosingClass().getSimpleName() + "." : "") + kind.getSimpleName();
        if (turn.decision() instanceof Decision.Refused refused) {
            return name + " " + refused.why();
        }
        return name + (turn.facts().isEmpty() ? " ignored" : " accepted");
    }

    /** Facts that lead a new history to each status. */
    private static Map<RunStatus, List<Fact>> ways() {
        Fact queued = new RunFact.Queued(Samples.PLAIN);
        Fact started = new RunFact.Started(Samples.N1, 1);
        return Map.of(
                RunStatus.QUEUED, List.of(queued),
                RunStatus.RUNNING, List.of(queued, started),
                RunStatus.COMPLETED, List.of(queued, started, new RunFact.Completed(Samples.ONE)),
                RunStatus.FAILED, List.of(queued, started, new RunFact.Failed(Samples.BROKEN)),
                RunStatus.CANCELED, List.of(queued, new RunFact.Canceled(null)));
    }

    static Stream<Arguments> runs() {
        List<Optional<RunStatus>> statuses = new ArrayList<>();
        statuses.add(Optional.empty());
        Stream.of(RunStatus.values()).map(Optional::of).forEach(statuses::add);
        return statuses.stream()
                .flatMap(status -> Samples.facts().stream().map(fact -> Arguments.of(status.orElse(null), fact)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("runs")
    void a_run_takes_what_its_table_lists_and_nothing_else(RunStatus from, Fact fact) {
        RunHistory history = new RunHistory();
        (from == null ? List.<Fact>of() : ways().get(from)).forEach(history::apply);
        assertThat(history.status()).isEqualTo(from);

        boolean startsStep = fact instanceof StepFact
                && StepTable.TABLE.next(StepStatus.PENDING, fact.type()).isPresent();
        boolean open = from == RunStatus.QUEUED || from == RunStatus.RUNNING;
        boolean told = fact instanceof Note.Other || fact instanceof LlmNote || fact instanceof WorkspaceNote;
        if (fact instanceof StepFact || told) {
            check(history, fact, open && (startsStep || told));
            return;
        }
        Optional<RunStatus> to = RunTable.TABLE.next(from, fact.type());
        check(history, fact, to.isPresent());
        assertThat(history.status()).isEqualTo(to.orElse(from));
    }

    private static Map<StepStatus, List<Fact>> stepWays() {
        Fact started = Samples.started(Samples.A);
        return Map.of(
                StepStatus.PENDING, List.of(),
                StepStatus.RUNNING, List.of(started),
                StepStatus.COMPLETED, List.of(started, new StepFact.Completed(Samples.A, Samples.ONE, 1, null)),
                StepStatus.FAILED, List.of(started, new StepFact.Failed(Samples.A, Samples.BROKEN, 1)),
                StepStatus.CANCELED, List.of(started, new StepFact.Canceled(Samples.A, null)),
                StepStatus.SKIPPED, List.of(new StepFact.Skipped(Samples.A, "a", "step", null)));
    }

    static Stream<Arguments> steps() {
        return Stream.of(StepStatus.values())
                .flatMap(status -> Samples.facts().stream()
                        .filter(StepFact.class::isInstance)
                        .map(fact -> Arguments.of(status, fact)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("steps")
    void a_step_takes_what_its_table_lists_and_nothing_else(StepStatus from, StepFact fact) {
        RunHistory history = Samples.running(stepWays().get(from).toArray(Fact[]::new));
        assertThat(history.step(fact.step()).status()).isEqualTo(from);
        Optional<StepStatus> to = StepTable.TABLE.next(from, fact.type());
        check(history, fact, to.isPresent());
        assertThat(history.step(fact.step()).status()).isEqualTo(to.orElse(from));
    }

    private static void check(RunHistory history, Fact fact, boolean legal) {
        Snapshot before = Snapshot.of(history);
        if (legal) {
            history.apply(fact);
            assertThat(history.seq()).isEqualTo(before.seq() + 1);
        } else {
            assertThatThrownBy(() -> history.apply(fact))
                    .isInstanceOf(IllegalHistoryException.class)
                    .hasMessageContaining("Event " + (before.seq() + 1))
                    .hasMessageContaining(fact.type().name());
            assertThat(Snapshot.of(history)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void nothing_leaves_a_terminal_status_and_statuses_only_move_forward(TransitionTable<?> table) {
        assertThat(table.transitions()).isNotEmpty().allSatisfy(each -> {
            if (each.from() instanceof RunStatus from) {
                assertThat(from.mayBecome((RunStatus) each.to())).isTrue();
            } else if (each.from() instanceof StepStatus from) {
                assertThat(from.mayBecome((StepStatus) each.to())).isTrue();
            } else {
                assertThat(each.on()).isEqualTo(EventType.RUN_QUEUED);
            }
        });
    }

    static Stream<TransitionTable<?>> tables() {
        return Stream.of(RunTable.TABLE, StepTable.TABLE);
    }
}
