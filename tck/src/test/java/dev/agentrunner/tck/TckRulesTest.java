package dev.agentrunner.tck;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class TckRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner.spi..",
                "dev.agentrunner.tck..",
                "java..",
                "com.fasterxml.jackson..",
                "net.jqwik..",
                "org.apiguardian..",
                "org.assertj..",
                "org.junit..",
                "org.jspecify..",
                "org.opentest4j..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.tck.fixture.Ids");
    }
}
