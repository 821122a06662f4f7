package dev.agentrunner.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.agentrunner.house.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner",
                "dev.agentrunner.client..",
                "dev.agentrunner.http..",
                "dev.agentrunner.live..",
                "dev.agentrunner.spi..",
                "dev.agentrunner.workflow..",
                "com.fasterxml.jackson..",
                "com.networknt.schema..",
                "io.javalin..",
                "io.micrometer..",
                "jakarta.servlet..",
                "java..",
                "kotlin..",
                "org.eclipse.jetty..",
                "org.jetbrains.annotations..",
                "org.jspecify..",
                "org.slf4j..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.http.calls.ProviderThreads", "dev.agentrunner.http.stream.StreamThreads");
    }

    @Test
    void the_root_package_puts_together_and_is_used_by_nothing_below() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.agentrunner.http.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.agentrunner.http")
                .because("it is the composition root"));
    }
}
