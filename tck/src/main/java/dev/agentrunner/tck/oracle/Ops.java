package dev.agentrunner.tck.oracle;

import dev.agentrunner.tck.oracle.Writes.Writer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random operations, weighted so that runs get somewhere. */
public final class Ops {

    static final String BEAT = "beat";
    static final String OLD_CLAIM = "append with an old claim";

    static final Set<String> KINDS = new TreeSet<>(Set.of(
            "create",
            "create claimed",
            "append as holder",
            OLD_CLAIM,
            "append from outside",
            "claim",
            "claim with limits",
            BEAT,
            "recover",
            "leave",
            "look at held, ready and next",
            "purge",
            "purge old",
            "list",
            "read",
            "feed",
            "listed sums"));

    private Ops() {}

    /** Sequences of at most so many operations. */
    public static Arbitrary<List<Op>> sequences(int most) {
        return Arbitraries.<Plan>frequencyOf(
                        Tuple.of(12, creates()),
                        Tuple.of(24, appends(Writer.HOLDER)),
                        Tuple.of(3, appends(Writer.STALE)),
                        Tuple.of(10, appends(Writer.OUTSIDE)),
                        Tuple.of(12, claims()),
                        Tuple.of(3, pairs(3, 5).as(Ownership.Beat::new)),
                        Tuple.of(3, pairs(3, 3).as(Ownership.Recover::new)),
                        Tuple.of(2, upTo(3).map(Ownership.Leave::new)),
                        Tuple.of(5, pairs(3, 2).as(Ownership.Look::new)),
                        Tuple.of(3, upTo(40).map(Ownership.Purge::new)),
                        Tuple.of(3, pairs(3, 3).as(Ownership.PurgeOld::new)),
                        Tuple.of(6, triples(10, 4, 3).as(Reads.ListRuns::new)),
                        Tuple.of(4, triples(40, 4, 6).as(Reads.ReadRuns::new)),
                        Tuple.of(4, pairs(110, 20).as(Reads.Feed::new)),
                        Tuple.of(3, upTo(6).map(Reads.Listed::new)))
                .map(Op::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Plan> creates() {
        return Combinators.combine(upTo(8), upTo(10), upTo(4), upTo(60), upTo(30), upTo(8))
                .as(Writes.Create::new);
    }

    private static Arbitrary<Plan> appends(Writer writer) {
        return Combinators.combine(upTo(40), upTo(12), upTo(400), upTo(60), upTo(120), upTo(60))
                .as((run, behind, status, ready, step, other) ->
                        new Writes.Append(writer, run, Math.max(0, behind - 10), status, ready, step, other));
    }

    private static Arbitrary<Plan> claims() {
        return Combinators.combine(upTo(3), upTo(4), upTo(3), upTo(16))
                .as((node, max, workflows, limit) ->
                        new Ownership.ClaimRuns(node, max, workflows, Math.max(0, limit - 7)));
    }

    private static Combinators.Combinator2<Integer, Integer> pairs(int a, int b) {
        return Combinators.combine(upTo(a), upTo(b));
    }

    private static Combinators.Combinator3<Integer, Integer, Integer> triples(int a, int b, int c) {
        return Combinators.combine(upTo(a), upTo(b), upTo(c));
    }

    /** Evenly from 0 to below the bound: jqwik's own preference for edges would make most operations alike. */
    private static Arbitrary<Integer> upTo(int bound) {
        return Arbitraries.integers().between(0, bound - 1).withDistribution(RandomDistribution.uniform());
    }
}
