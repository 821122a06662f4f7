package dev.agentrunner.examples;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class ExamplesRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner..",
                "java..",
                "javax.sql..",
                "com.fasterxml.jackson..",
                "io.zonky.test..",
                "picocli..",
                "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.examples.demo.Crash");
    }

    @Override
    protected List<String> programs() {
        return List.of("dev.agentrunner.examples.DemoCommand", "dev.agentrunner.examples.ExampleCommand");
    }
}
