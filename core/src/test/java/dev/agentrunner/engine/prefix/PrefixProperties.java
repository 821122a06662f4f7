package dev.agentrunner.engine.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * INV-7: any prefix of any recorded log and a resume give the outcome of an uninterrupted run. A random program is
 * executed; its log is cut at each place at which its node may have died, and another node goes on from each of the
 * prefixes. Some of the logs that follow from that are cut and continued again.
 *
 * <p>On failure look at the program, which is as short as it could be made, and at the log, of which each line says
 * whether it was kept.
 */
public abstract class PrefixProperties {

    /** Another connection to the store of this property, which the suite closes. */
    protected abstract Store connect() throws Exception;

    @Provide
    Arbitrary<Program> programs() {
        return Programs.arbitrary();
    }

    @Property(tries = 6, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void inv07_any_prefix_and_resume_give_the_outcome_of_an_uninterrupted_run(
            @ForAll("programs") Program program, @ForAll Random random) throws Exception {
        check(program, random, new Effort(15, 4, 1));
    }

    /**
     * How many prefixes are tried, at most.
     *
     * @param cuts of the log of the program
     * @param logs that follow from these and are cut again
     * @param furtherCuts of each of these logs
     */
    record Effort(int cuts, int logs, int furtherCuts) {}

    /**
     * A log, and who saw it come about.
     *
     * @param sinceId what is new follows this event
     */
    private record Recorded(Family family, long sinceId, Witness witness) {}

    /** A log that is to be cut, and where. */
    private record Interrupted(Recorded log, Cut cut) {}

    /** Checks one program; says where it was interrupted. */
    final Places check(Program program, Random random, Effort effort) throws Exception {
        Places places = new Places();
        Recorded first = uninterrupted(program);
        Map<String, Outcome> expected = Outcome.of(first.family());
        List<Recorded> second = resume(program, interrupted(first, effort.cuts(), random), expected, places);
        List<Interrupted> further = some(effort.logs(), second, random).stream()
                .flatMap(log -> interrupted(log, effort.furtherCuts(), random).stream())
                .toList();
        resume(program, further, expected, places);
        return places;
    }

    private Recorded uninterrupted(Program program) throws Exception {
        Witness witness = new Witness();
        Store store = connect();
        try (Life life = new Life(store, program, witness)) {
            RunId run = life.submit();
            List<RunId> late = life.awaitEnd(List.of(run));
            Family family = Family.read(store.log(), run);
            assertThat(late).as(() -> "Did not end:\n" + family).isEmpty();
            family.members().forEach(member -> witness.check(member.run()));
            return new Recorded(family, 0, witness);
        }
    }

    private List<Recorded> resume(Program program, List<Interrupted> all, Map<String, Outcome> expected, Places places)
            throws Exception {
        Witness witness = new Witness();
        Store store = connect();
        List<Resumption> resumptions = new ArrayList<>();
        Seed seed = new Seed(store);
        for (Interrupted each : all) {
            Resumption resumption = new Resumption(store, seed, each.log().family(), each.cut());
            resumption.remember(each.log().witness(), witness);
            resumptions.add(resumption);
            places.visit(resumption.prefix());
        }
        try (Life life = new Life(store, program, witness)) {
            List<RunId> late =
                    life.awaitEnd(resumptions.stream().map(Resumption::root).toList());
            return resumptions.stream()
                    .map(each -> new Recorded(checked(each, late, store, witness, expected), each.lastSown(), witness))
                    .toList();
        }
    }

    private static Family checked(
            Resumption resumption, List<RunId> late, Store store, Witness witness, Map<String, Outcome> expected) {
        Family ended = Family.read(store.log(), resumption.root());
        try {
            assertThat(late).as("runs that did not end").doesNotContain(resumption.root());
            resumption.check(ended, store.catalog(), witness, expected);
            return ended;
        } catch (AssertionError e) {
            throw new AssertionError(
                    String.join("\n", "Of " + resumption, "came:", ended.toString(), e.getMessage()), e);
        }
    }

    private static List<Interrupted> interrupted(Recorded log, int most, Random random) {
        return some(most, Cut.all(log.family(), log.sinceId(), random), random).stream()
                .map(cut -> new Interrupted(log, cut))
                .toList();
    }

    private static <T> List<T> some(int most, List<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(most, shuffled.size()));
    }
}
