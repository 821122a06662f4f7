package dev.agentrunner.ollama;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.agentrunner.house.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class OllamaRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner.spi..",
                "dev.agentrunner.ollama..",
                "java..",
                "com.fasterxml.jackson..",
                "org.jspecify..",
                "org.slf4j..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of();
    }

    @Test
    void the_root_package_puts_together_and_is_used_by_nothing_below() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentrunner.ollama.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentrunner.ollama")
                .because("it is the composition root"));
    }
}
