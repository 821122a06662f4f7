package dev.agentrunner.workspace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.agentrunner.house.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkspaceRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner.spi..", "dev.agentrunner.workspace..", "java..", "org.jspecify..", "org.slf4j..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.workspace.command.CommandThreads");
    }

    @Test
    void the_root_package_puts_together_and_is_used_by_nothing_below() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentrunner.workspace.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentrunner.workspace")
                .because("it is the composition root"));
    }
}
