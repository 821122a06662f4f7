package dev.agentrunner.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.agentrunner.tck.StoreContract;
import dev.agentrunner.tck.fault.Fault;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A suite that cannot fail is worth nothing: every fault must be caught, by the contract that is there for it. */
@Tag("once")
final class SuitesFailOnBrokenStoresTest {

    /** The contract that was written against each fault; others may catch it, too. */
    private static final Map<Fault, String> CATCHER = new EnumMap<>(Map.ofEntries(
            Map.entry(Fault.DOES_NOTHING, "Appending"),
            Map.entry(Fault.DROPS_COMMITS, "Appending"),
            Map.entry(Fault.REORDERS_EVENTS, "Reading"),
            Map.entry(Fault.APPLIES_HALF_OF_A_COMMIT, "Appending"),
            Map.entry(Fault.LOSES_WAKES, "Waking"),
            Map.entry(Fault.IGNORES_THE_EPOCH, "Fencing"),
            Map.entry(Fault.FORGETS_KEYS, "Submitting"),
            Map.entry(Fault.REWRITES_JSON, "Reading"),
            Map.entry(Fault.ACCEPTS_THE_ILLEGAL, "Legality"),
            Map.entry(Fault.IS_READY_TOO_EARLY, "Readiness"),
            Map.entry(Fault.FORGETS_WHAT_A_RUN_WAITS_FOR, "Viewing"),
            Map.entry(Fault.FORGETS_WHAT_WAS_SPENT, "Spending"),
            Map.entry(Fault.ADDS_UP_TOTALS, "Spending"),
            Map.entry(Fault.CUTS_NAMES, "Artifacts"),
            Map.entry(Fault.SKIPS_IN_THE_FEED, "Feeding"),
            Map.entry(Fault.TELLS_NOBODY, "Following"),
            Map.entry(Fault.CLAIMS_TWICE, "Claiming"),
            Map.entry(Fault.STARTS_UNDER_NO_CLAIM, "Claiming"),
            Map.entry(Fault.IGNORES_LIMITS, "Limiting"),
            Map.entry(Fault.CLAIMS_IN_ANY_ORDER, "Claiming"),
            Map.entry(Fault.RECOVERS_FROM_ITSELF, "Nodes"),
            Map.entry(Fault.REPEATS_ON_PAGES, "Listing"),
            Map.entry(Fault.LEAVES_NO_TOMBSTONE, "Retaining"),
            Map.entry(Fault.ENDS_AHEAD_OF_THE_FEED, "Feeding"),
            Map.entry(Fault.COUNTS_WHO_CANNOT_BE_CLAIMED, "Counting"),
            Map.entry(Fault.FORGETS_REVOCATIONS, "Keys"),
            Map.entry(Fault.KEEPS_SESSIONS, "Sessions"),
            Map.entry(Fault.LOSES_WHO_DID_IT, "Auditing"),
            Map.entry(Fault.STAYS_OPEN, "Closing")));

    /** What holds for a store that does nothing: it keeps no run, and the records refuse on their own. */
    private static final Set<String> TRUE_OF_NOTHING = Set.of(
            "closing_again_does_nothing",
            "a_query_with_a_nul_is_refused",
            "inv10_names_that_cannot_be_kept_are_refused");

    /** Tests by the contract they belong to and their outcome. */
    private record Results(Map<String, Set<String>> failed, Set<String> passed, Set<String> notRun) {}

    private static Results run(Fault fault) {
        BrokenStoreSuite.FAULT.set(fault);
        return run(BrokenStoreSuite.class, "junit-jupiter");
    }

    private static Results run(Class<?> suite, String engine) {
        Results results = new Results(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(suite))
                                .filters(EngineFilter.includeEngines(engine))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionSkipped(TestIdentifier test, String reason) {
                                results.notRun.add(test.getDisplayName());
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                test.getSource()
                                        .filter(MethodSource.class::isInstance)
                                        .map(MethodSource.class::cast)
                                        .ifPresent(method -> record(results, method, result.getStatus()));
                            }
                        });
        return results;
    }

    private static void record(Results results, MethodSource method, Status status) {
        switch (status) {
            case SUCCESSFUL -> results.passed.add(method.getMethodName());
            case FAILED ->
                results.failed
                        .computeIfAbsent(method.getJavaClass().getSimpleName(), c -> new TreeSet<>())
                        .add(method.getMethodName());
            case ABORTED -> results.notRun.add(method.getMethodName());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_store_is_caught_by_the_contract_that_is_there_for_it(Fault fault) {
        Results results = run(fault);
        assertThat(results.notRun).as("skipped or aborted").isEmpty();
        assertThat(results.failed).as("contracts that caught " + fault).containsKey(CATCHER.get(fault));
    }

    @Test
    void a_store_that_does_nothing_passes_no_test_that_is_about_a_store() {
        Results results = run(Fault.DOES_NOTHING);
        assertThat(results.failed.keySet()).isEqualTo(contracts());
        assertThat(results.passed).isEqualTo(new TreeSet<>(TRUE_OF_NOTHING));
    }

    @ParameterizedTest
    @EnumSource
    void a_broken_artifact_store_is_caught(BrokenArtifactsSuite.Fault fault) {
        BrokenArtifactsSuite.FAULT.set(fault);
        Results results = run(BrokenArtifactsSuite.class, "junit-jupiter");
        assertThat(results.notRun).as("skipped or aborted").isEmpty();
        String catcher = fault.name().startsWith("SWEEPS") ? "Sweeping" : "Keeping";
        assertThat(results.failed.keySet()).as("contracts that caught " + fault).contains(catcher);
    }

    @ParameterizedTest
    @EnumSource(names = {"IGNORES_THE_EPOCH", "CLAIMS_TWICE", "APPLIES_HALF_OF_A_COMMIT", "ACCEPTS_THE_ILLEGAL"})
    void properties_find_what_they_are_about(Fault fault) {
        BrokenStoreSuite.FAULT.set(fault);
        Results results = run(BrokenPropertiesSuite.class, "jqwik");
        assertThat(results.failed.values().stream().flatMap(Set::stream))
                .containsOnly(
                        fault == Fault.CLAIMS_TWICE
                                ? "inv06_no_two_claims_of_a_run_are_live"
                                : "inv01_to_inv06_whatever_is_written_goes_forward");
    }

    @Test
    void every_contract_has_a_fault_that_it_is_there_for() {
        Set<String> unproven = new TreeSet<>(contracts());
        unproven.removeAll(CATCHER.values());
        assertThat(unproven).isEmpty();
    }

    private static Set<String> contracts() {
        return Arrays.stream(StoreContract.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class) && !Modifier.isAbstract(type.getModifiers()))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
