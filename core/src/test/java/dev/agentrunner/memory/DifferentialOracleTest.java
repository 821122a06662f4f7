package dev.agentrunner.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.Fault;
import dev.agentrunner.tck.fixture.ManualClock;
import dev.agentrunner.tck.oracle.Contestant;
import dev.agentrunner.tck.oracle.Coverage;
import dev.agentrunner.tck.oracle.DifferentialOracle;
import dev.agentrunner.tck.oracle.Op;
import dev.agentrunner.tck.oracle.Ops;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** The oracle agrees with itself, and finds every fault that an operation can show. */
final class DifferentialOracleTest {

    private static final Coverage COVERAGE = new Coverage();
    private static final Set<Fault> UNFOUND = EnumSet.complementOf(EnumSet.of(
            // Nobody follows, closes, gives long names, or is an operator in the oracle's operations: the contracts do.
            Fault.TELLS_NOBODY,
            Fault.STAYS_OPEN,
            Fault.CUTS_NAMES,
            Fault.ENDS_AHEAD_OF_THE_FEED,
            Fault.COUNTS_WHO_CANNOT_BE_CLAIMED,
            Fault.FORGETS_REVOCATIONS,
            Fault.KEEPS_SESSIONS,
            Fault.LOSES_WHO_DID_IT));

    @Provide
    Arbitrary<List<Op>> sequences() {
        return Ops.sequences(120);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void two_whole_stores_give_the_same_answers(@ForAll("sequences") List<Op> ops) {
        DifferentialOracle.run(
                List.of(store("one", "2030-01-01T00:00:00Z", s -> s), store("two", "2031-05-05T05:05:05.555Z", s -> s)),
                ops,
                COVERAGE);
    }

    /** The fault that shows most rarely does so in one of 20 sequences: a thousand leave nothing to chance. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void a_broken_store_gives_another_answer(@ForAll("sequences") List<Op> ops) {
        for (Fault fault : Set.copyOf(UNFOUND)) {
            try {
                DifferentialOracle.run(
                        List.of(
                                store("whole", "2030-01-01T00:00:00Z", s -> s),
                                store(fault.name(), "2030-01-01T00:00:00Z", fault::in)),
                        ops,
                        new Coverage());
            } catch (AssertionError found) {
                assertThat(found).hasMessageContaining("of " + fault.name());
                UNFOUND.remove(fault);
            }
        }
    }

    @AfterContainer
    static void every_operation_was_tried_and_every_fault_was_found() {
        COVERAGE.assertComplete();
        assertThat(UNFOUND).as("faults that no sequence showed").isEmpty();
    }

    private static Contestant store(String name, String start, UnaryOperator<Store> breaking) {
        ManualClock clock = new ManualClock(Instant.parse(start));
        return new Contestant(
                name, breaking.apply(new InMemoryStore(clock)), () -> clock.advance(Duration.ofMillis(5)));
    }
}
