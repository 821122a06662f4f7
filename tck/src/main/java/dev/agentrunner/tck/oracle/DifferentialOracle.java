package dev.agentrunner.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Does the same operations to several stores and insists on equal answers and equal contents. The first store is the
 * one that others are compared with; which of them is right, the Javadoc of the ports decides.
 */
public final class DifferentialOracle {

    private final List<Lens> lenses;
    private final Coverage coverage;
    private final World world = new World();
    private final List<String> past = new ArrayList<>();

    private DifferentialOracle(List<Contestant> contestants, Coverage coverage) {
        this.lenses = contestants.stream().map(Lens::new).toList();
        this.coverage = coverage;
    }

    /**
     * Runs a sequence over empty stores and closes them.
     *
     * @throws AssertionError at the first difference, with all operations up to it
     */
    public static void run(List<Contestant> contestants, List<Op> ops, Coverage coverage) {
        try {
            new DifferentialOracle(contestants, coverage).run(ops);
        } finally {
            contestants.forEach(contestant -> contestant.store().close());
        }
    }

    private void run(List<Op> ops) {
        for (Op op : ops) {
            int number = past.size();
            lenses.forEach(lens -> lens.begin(number));
            take(op.plan().kind(), op.plan().choose(world));
        }
        past.add("(at the end)");
        for (RunId run : world.all()) {
            same("run " + run, lens -> lens.snapshot(run));
        }
        same("surroundings", Lens::surroundings);
    }

    private <T> void take(String kind, Move<T> move) {
        past.add(kind + ": " + move.what());
        T answer = same("answer", move.call());
        coverage.count(kind, move.refused().test(answer));
        move.learn().accept(answer);
        same("surroundings", Lens::surroundings);
        world.all().stream()
                .filter(run -> move.what().contains(run.toString()))
                .forEach(run -> same("run " + run, lens -> lens.snapshot(run)));
    }

    private <T> T same(String what, Function<Lens, T> look) {
        Lens first = lenses.get(0);
        T expected = look.apply(first);
        for (Lens other : lenses.subList(1, lenses.size())) {
            assertThat(look.apply(other))
                    .as(() -> "%s of %s, compared with %s, after %d operations:%n%s"
                            .formatted(
                                    what,
                                    other.contestant.name(),
                                    first.contestant.name(),
                                    past.size(),
                                    String.join("\n", past)))
                    .isEqualTo(expected);
        }
        return expected;
    }
}
