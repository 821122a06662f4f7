package dev.agentrunner.benchmarks;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class BenchmarksRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner..",
                "java..",
                "javax.sql..",
                "com.zaxxer.hikari..",
                "io.javalin..",
                "io.zonky.test..",
                "org.openjdk.jmh..",
                "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of();
    }

    @Override
    protected List<String> programs() {
        return List.of(
                "dev.agentrunner.benchmarks.Bench",
                "dev.agentrunner.benchmarks.alone.Parent",
                "dev.agentrunner.benchmarks.result.Progress",
                "dev.agentrunner.benchmarks.http.Hello");
    }
}
