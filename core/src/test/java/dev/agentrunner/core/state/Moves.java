package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.Samples.N1;
import static dev.agentrunner.core.state.Samples.N2;
import static dev.agentrunner.core.state.Samples.OTHER;
import static dev.agentrunner.core.state.Samples.T1;
import static dev.agentrunner.core.state.Samples.T2;

import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Random sequences of moves over so few steps and signals that they collide. */
final class Moves {

    static final List<String> SIGNALS = List.of("go", "stop");

    private static final List<StepId> STEPS = List.of(new StepId("a"), new StepId("b"), new StepId("c"));

    private static final Arbitrary<StepId> STEP = Arbitraries.of(STEPS);
    private static final Arbitrary<NodeId> NODE = Arbitraries.of(N1, N2);
    private static final Arbitrary<Instant> MOMENT = Arbitraries.of(T1, T2).injectNull(0.4);
    private static final Arbitrary<Long> MILLIS = Arbitraries.longs().between(0, 3);
    private static final Arbitrary<Failure> FAILURE =
            Arbitraries.of(Samples.BROKEN, new Failure("io", "gone", false, null));
    private static final Arbitrary<Value> VALUE = Arbitraries.of(
                    "1", "1.10", "{ \"a\" : [1e400] }", "null", "\"\\u0000\"")
            .map(text -> Value.inline(new Json(text)));
    private static final Arbitrary<String> REASON = Arbitraries.of("why").injectNull(0.5);
    private static final Arbitrary<StepPlan> PLAN = Arbitraries.of(
            StepPlan.BODY,
            StepPlan.BODY_AT_MOST_ONCE,
            StepPlan.until(T1),
            StepPlan.signal("go", T2),
            StepPlan.child(OTHER));

    private Moves() {}

    /** Mostly begins with a submit, so that little is wasted; now and then a command is given twice. */
    static Arbitrary<List<Move>> sequences() {
        Arbitrary<List<Move>> rest = Combinators.combine(one(), Arbitraries.of(1, 1, 1, 2))
                .as((move, times) -> Collections.nCopies(times, move))
                .list()
                .ofMaxSize(40)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(moves -> moves.stream().flatMap(List::stream).toList());
        return Combinators.combine(submit().list().ofMaxSize(1), takeUp().list().ofMaxSize(1), rest)
                .as((submits, claims, others) ->
                        Stream.of(submits, claims, others).flatMap(List::stream).toList())
                .withoutEdgeCases();
    }

    private static Arbitrary<Move> one() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, submit()),
                Tuple.of(3, outside()),
                Tuple.of(4, takeUp()),
                Tuple.of(2, suspend()),
                Tuple.of(1, ending()),
                Tuple.of(6, start()),
                Tuple.of(8, stepMoves()));
    }

    private static Arbitrary<Move> submit() {
        Arbitrary<Birth> birth = Arbitraries.of(Samples.PLAIN, Samples.full());
        return Combinators.combine(birth, copies())
                .as((born, copies) -> Move.of(
                        "submit with copies "
                                + copies.stream()
                                        .map(each -> each.type() + " " + each.step())
                                        .toList(),
                        new OutsideCommand.Submit(born, copies)));
    }

    /** What a fork may begin with: for each step something that is legal from its beginning. */
    private static Arbitrary<List<Fact>> copies() {
        return Arbitraries.integers().between(0, 8).list().ofSize(STEPS.size()).map(kinds -> {
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < kinds.size(); i++) {
                facts.addAll(copied(STEPS.get(i), kinds.get(i)));
            }
            return facts;
        });
    }

    private static List<Fact> copied(StepId step, int kind) {
        StepFact started = Samples.started(step);
        return switch (kind) {
            case 1 -> List.of(started, new StepFact.Completed(step, Samples.ONE, 5, 77L));
            case 2 -> List.of(started, new StepFact.AttemptFailed(step, 1, Samples.BROKEN, T1), started);
            case 3 -> List.of(started, new StepFact.Failed(step, Samples.BROKEN, 5));
            case 4 -> List.of(new StepFact.Skipped(step, "s", "step", null));
            case 5 -> List.of(new StepFact.Canceled(step, null));
            case 6 -> List.of(Samples.MADE, Samples.LOG, Samples.SPENT, Samples.TOLD);
            default -> List.of();
        };
    }

    private static Arbitrary<Move> outside() {
        Arbitrary<Move> signal = Combinators.combine(Arbitraries.of(SIGNALS), VALUE)
                .as((name, value) ->
                        Move.of("signal " + name, new OutsideCommand.Signal(name, value.inline(), "user:ada")));
        Arbitrary<Move> pause = REASON.map(why -> Move.of("pause", new OutsideCommand.Pause(why)));
        Arbitrary<Move> unpause = REASON.map(why -> Move.of("unpause", new OutsideCommand.Unpause(why)));
        Arbitrary<Move> cancel = Combinators.combine(REASON, Arbitraries.of(false, false, false, true))
                .as((why, force) -> Move.of(
                        "request cancel" + (force ? " by force" : ""), new OutsideCommand.RequestCancel(why, force)));
        return Arbitraries.frequencyOf(
                Tuple.of(4, signal), Tuple.of(2, pause), Tuple.of(2, unpause), Tuple.of(1, cancel));
    }

    private static Arbitrary<Move> takeUp() {
        Arbitrary<Integer> newer =
                Arbitraries.frequency(Tuple.of(6, 1), Tuple.of(1, 2), Tuple.of(2, 0), Tuple.of(1, -1));
        return Combinators.combine(NODE, newer, Arbitraries.integers().between(0, 4))
                .as((node, by, max) -> new Move(
                        "take up by " + node + " with epoch " + (by < 0 ? "" : "+") + by + ", at most " + max,
                        history -> new RunCommand.TakeUp(node, epoch(history) + by, max)));
    }

    private static long epoch(RunHistory history) {
        return history.exists() ? history.run().tenure().epoch() : 0;
    }

    private static Arbitrary<Move> suspend() {
        Arbitrary<Set<String>> names = Arbitraries.of(SIGNALS).set().ofMaxSize(2);
        return Combinators.combine(Arbitraries.of(Waiting.class), MOMENT, names, REASON)
                .as((waiting, until, signals, why) -> Move.of(
                        "suspend " + waiting + (until == null ? "" : " until " + until) + " or " + signals,
                        new RunCommand.Suspend(waiting, until, signals, why)));
    }

    private static Arbitrary<Move> ending() {
        return Arbitraries.oneOf(
                Combinators.combine(VALUE, notes())
                        .as((output, notes) -> Move.of("complete run", new RunCommand.Complete(output, notes))),
                Combinators.combine(FAILURE, notes())
                        .as((failure, notes) -> Move.of("fail run", new RunCommand.Fail(failure, notes))),
                Arbitraries.of(Move.of("finish cancel", new RunCommand.FinishCancel())));
    }

    private static Arbitrary<Move> start() {
        return Combinators.combine(STEP, PLAN, signalSeq(), notes())
                .as((step, plan, approval, notes) -> new Move(
                        "start " + step + (plan.atMostOnce() ? " at most once" : "") + approval.get1(),
                        history -> new StepCommand.Start(
                                step,
                                step.value(),
                                "step",
                                plan,
                                approval.get2().seq(history),
                                notes)));
    }

    private static Arbitrary<Move> stepMoves() {
        Arbitrary<Move> complete = Combinators.combine(STEP, VALUE, MILLIS, signalSeq(), notes())
                .as((step, value, ms, signal, notes) -> new Move(
                        "complete " + step + " with " + value.inline() + signal.get1(),
                        history -> new StepCommand.Complete(
                                step, value, ms, signal.get2().seq(history), notes)));
        Arbitrary<Move> tell = Combinators.combine(STEP, notes())
                .as((step, notes) ->
                        Move.of("tell " + notes.size() + " in " + step, new StepCommand.Tell(step, notes)));
        Arbitrary<Move> failAttempt = Combinators.combine(STEP, FAILURE, MOMENT, notes())
                .as((step, failure, retryAt, notes) -> Move.of(
                        "fail attempt of " + step + ", retry " + retryAt,
                        new StepCommand.FailAttempt(step, failure, retryAt, notes)));
        Arbitrary<Move> fail = Combinators.combine(STEP, FAILURE, MILLIS, notes())
                .as((step, failure, ms, notes) ->
                        Move.of("fail " + step, new StepCommand.Fail(step, failure, ms, notes)));
        Arbitrary<Move> skip = Combinators.combine(STEP, REASON, notes())
                .as((step, why, notes) ->
                        Move.of("skip " + step, new StepCommand.Skip(step, step.value(), "step", why, notes)));
        return Arbitraries.frequencyOf(
                Tuple.of(3, complete),
                Tuple.of(2, tell),
                Tuple.of(3, failAttempt),
                Tuple.of(1, fail),
                Tuple.of(1, skip));
    }

    /** Which signal a step means to consume. */
    private interface SignalChoice {
        Long seq(RunHistory history);
    }

    private static Arbitrary<Tuple2<String, SignalChoice>> signalSeq() {
        return Arbitraries.frequency(
                Tuple.of(4, Tuple.of("", history -> null)),
                Tuple.of(2, Tuple.of(" by signal go", history -> first(history, "go"))),
                Tuple.of(1, Tuple.of(" by signal stop", history -> first(history, "stop"))),
                Tuple.of(1, Tuple.of(" by a signal that is not there", history -> 999L)));
    }

    private static Long first(RunHistory history, String name) {
        return history.signal(name).map(Signals.Signal::seq).orElse(null);
    }

    private static Arbitrary<List<Note>> notes() {
        return Arbitraries.of(Samples.LOG, Samples.TOLD, Samples.MADE).list().ofMaxSize(2);
    }
}
