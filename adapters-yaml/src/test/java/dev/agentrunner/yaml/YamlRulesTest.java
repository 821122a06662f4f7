package dev.agentrunner.yaml;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class YamlRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner",
                "dev.agentrunner.spi..",
                "dev.agentrunner.workflow..",
                "dev.agentrunner.client..",
                "dev.agentrunner.yaml..",
                "java..",
                "com.dashjoin.jsonata..",
                "com.fasterxml.jackson..",
                "com.networknt.schema..",
                "org.yaml.snakeyaml..",
                "org.slf4j..",
                "org.jspecify..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.yaml.expression.EvaluationThreads", "dev.agentrunner.yaml.Watch");
    }
}
