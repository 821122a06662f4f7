package dev.agentrunner.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.agentrunner.house.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner..",
                "java..",
                "com.fasterxml.jackson..",
                "org.slf4j..",
                "jakarta.inject..",
                "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.core.time.");
    }

    @Test
    void the_root_package_puts_together_and_is_used_by_nothing_below() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.agentrunner")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentrunner")
                .because("it is the composition root"));
    }

    @Test
    void the_state_machines_are_pure() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentrunner.core.state")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio..",
                        "java.net..",
                        "java.util.concurrent..",
                        "org.slf4j..",
                        "dev.agentrunner.core.time..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.InstantSource")
                .because("deciding and folding know no I/O, clocks, threads or logging"));
    }

    @Test
    void the_workflow_api_assumes_no_engine() {
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.agentrunner.workflow..", "dev.agentrunner.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentrunner.core..")
                .because("the built-in engine is one implementation"));
    }
}
