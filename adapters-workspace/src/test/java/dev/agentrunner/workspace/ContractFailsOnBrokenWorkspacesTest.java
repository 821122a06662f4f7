package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.tck.WorkspaceContract;
import dev.agentrunner.workspace.BrokenWorkspaces.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A suite that cannot fail is worth nothing: every fault must be caught, by the test that is there for it. */
@Tag("once")
final class ContractFailsOnBrokenWorkspacesTest {

    /** The test that was written against each fault. */
    private static final Map<Fault, String> CATCHER = Map.ofEntries(
            Map.entry(Fault.SHARES_ONE_DIRECTORY, "Placing#each_run_has_a_directory_of_its_own_which_stays"),
            Map.entry(Fault.KEEPS_WHAT_IS_DELETED, "Placing#runs_are_listed_until_they_are_deleted"),
            Map.entry(
                    Fault.LETS_OLD_COMMANDS_RUN,
                    "Placing#whoever_opens_a_directory_anew_ends_what_is_still_done_in_it"),
            Map.entry(Fault.FOLLOWS_LINKS, "Filing#links_lead_nowhere"),
            Map.entry(Fault.WRITES_ONE_BY_ONE, "Filing#a_set_with_one_file_that_cannot_be_is_not_written_at_all"),
            Map.entry(Fault.FORGETS_MODES, "Versioning#a_scan_lists_files_sorted_with_what_tells_them_apart"),
            Map.entry(Fault.RESTORES_TOO_LITTLE, "Versioning#what_was_changed_is_put_back"),
            Map.entry(Fault.RESTORES_TOO_MUCH, "Versioning#what_is_ignored_is_neither_seen_nor_touched"),
            Map.entry(Fault.BELIEVES_ANY_BYTES, "Versioning#bytes_that_are_not_those_of_the_file_are_not_written"),
            Map.entry(Fault.LEAVES_CHILDREN, "Commanding#the_end_of_a_command_is_the_end_of_what_it_left_running"),
            Map.entry(
                    Fault.TELLS_EVERYTHING_TO_COMMANDS,
                    "Commanding#a_command_sees_the_variables_it_is_given_and_none_of_this_process"),
            Map.entry(Fault.SPLITS_CHARACTERS, "Commanding#characters_are_told_whole"));

    private static NestedMethodSelector selector(String test) throws ClassNotFoundException {
        String[] names = test.split("#");
        Class<?> nested = Class.forName(WorkspaceContract.class.getName() + "$" + names[0]);
        return DiscoverySelectors.selectNestedMethod(List.of(BrokenWorkspaceSuite.class), nested, names[1]);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_workspace_is_caught_by_the_test_that_is_there_for_it(Fault fault) throws ClassNotFoundException {
        BrokenWorkspaceSuite.FAULT.set(fault);
        List<String> results = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector(CATCHER.get(fault)))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    results.add(result.getStatus() + " "
                                            + result.getThrowable().map(Throwable::getClass));
                                }
                            }
                        });
        assertThat(results).hasSize(1).allSatisfy(result -> assertThat(result).startsWith("FAILED"));
    }
}
