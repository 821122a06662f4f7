package dev.agentrunner.house;

import java.util.List;

class SpiRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of("dev.agentrunner.spi..", "java..", "com.fasterxml.jackson..", "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of();
    }
}
