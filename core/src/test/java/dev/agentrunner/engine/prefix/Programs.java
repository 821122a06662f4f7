package dev.agentrunner.engine.prefix;

import dev.agentrunner.engine.prefix.Op.Artifact;
import dev.agentrunner.engine.prefix.Op.Await;
import dev.agentrunner.engine.prefix.Op.AwaitInVain;
import dev.agentrunner.engine.prefix.Op.Broken;
import dev.agentrunner.engine.prefix.Op.Call;
import dev.agentrunner.engine.prefix.Op.Emit;
import dev.agentrunner.engine.prefix.Op.Log;
import dev.agentrunner.engine.prefix.Op.MapOver;
import dev.agentrunner.engine.prefix.Op.Now;
import dev.agentrunner.engine.prefix.Op.Once;
import dev.agentrunner.engine.prefix.Op.Parallel;
import dev.agentrunner.engine.prefix.Op.Random;
import dev.agentrunner.engine.prefix.Op.Retried;
import dev.agentrunner.engine.prefix.Op.Skip;
import dev.agentrunner.engine.prefix.Op.Sleep;
import dev.agentrunner.engine.prefix.Op.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Random workflows; they shrink to fewer and simpler steps. */
final class Programs {

    /** Shorter than a run keeps its thread, and longer. */
    private static final Arbitrary<Integer> MILLIS = Arbitraries.of(1, 4, 25);

    private static final Arbitrary<Boolean> COIN = Arbitraries.of(false, true);
    private static final Arbitrary<Boolean> RARELY = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
    private static final Arbitrary<Integer> FEW = Arbitraries.integers().between(1, 3);

    private Programs() {}

    /** Each kind of step alone, with one after it that shows whether its result is the same. */
    static List<Program> simplest() {
        Step step = new Step(true, true);
        Program child = new Program(List.of(step), false);
        Stream<Op> kinds = Stream.of(
                step,
                new Retried(1, false, 25),
                new Retried(2, true, 1),
                new Once(false),
                new Once(true),
                new Skip(),
                new Now(),
                new Random(),
                new Sleep(25),
                new Await(false),
                new Await(true),
                new AwaitInVain(1),
                new Log(),
                new Emit(),
                new Artifact(),
                new Parallel(List.of(List.of(step), List.of(new Log(), new Sleep(1), new Emit()))),
                new MapOver(3, 2, List.of(step, new Emit())),
                new Broken(3, 1),
                new Call(child),
                new Call(new Program(List.of(), true)));
        return kinds.map(kind -> new Program(List.of(kind, step), kind instanceof Random))
                .toList();
    }

    static Arbitrary<Program> arbitrary() {
        return program(2, 6);
    }

    private static Arbitrary<Program> program(int depth, int most) {
        return Combinators.combine(op(depth).list().ofMaxSize(most), RARELY).as(Program::new);
    }

    private static Arbitrary<Op> op(int depth) {
        List<Tuple2<Integer, Arbitrary<Op>>> all = new ArrayList<>();
        all.add(Tuple.of(8, Combinators.combine(COIN, RARELY).as(Step::new)));
        all.add(Tuple.of(3, Combinators.combine(FEW, COIN, MILLIS).as(Retried::new)));
        all.add(Tuple.of(3, COIN.map(Once::new)));
        all.add(Tuple.of(1, Arbitraries.just(new Skip())));
        all.add(Tuple.of(2, Arbitraries.just(new Now())));
        all.add(Tuple.of(2, Arbitraries.just(new Random())));
        all.add(Tuple.of(2, MILLIS.map(Sleep::new)));
        all.add(Tuple.of(3, COIN.map(Await::new)));
        all.add(Tuple.of(1, MILLIS.map(AwaitInVain::new)));
        all.add(Tuple.of(1, Arbitraries.just(new Log())));
        all.add(Tuple.of(2, Arbitraries.just(new Emit())));
        all.add(Tuple.of(2, Arbitraries.just(new Artifact())));
        if (depth > 0) {
            Arbitrary<List<Op>> inner = op(depth - 1).list().ofMaxSize(3);
            all.add(Tuple.of(3, inner.list().ofMinSize(1).ofMaxSize(3).map(Parallel::new)));
            all.add(Tuple.of(3, Combinators.combine(FEW, FEW, inner).as(MapOver::new)));
            all.add(Tuple.of(
                    1,
                    FEW.flatMap(n -> Arbitraries.integers().between(0, n - 1).map(failing -> new Broken(n, failing)))));
            all.add(Tuple.of(3, program(depth - 1, 3).map(Call::new)));
        }
        return Arbitraries.frequencyOf(all);
    }
}
