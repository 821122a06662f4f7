package dev.agentrunner.server;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class ServerRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner..",
                "java..",
                "ch.qos.logback..",
                "com.fasterxml.jackson..",
                "com.zaxxer.hikari..",
                "info.picocli..",
                "picocli..",
                "org.slf4j..",
                "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.server.client.SystemPause");
    }

    @Override
    protected List<String> programs() {
        return List.of("dev.agentrunner.server.Main");
    }
}
