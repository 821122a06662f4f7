package dev.agentrunner.jdbc;

import dev.agentrunner.house.HouseRules;
import java.util.List;

class JdbcRulesTest extends HouseRules {

    @Override
    protected List<String> mayUse() {
        return List.of(
                "dev.agentrunner.spi..",
                "dev.agentrunner.jdbc..",
                "java..",
                "javax.sql..",
                "com.fasterxml.jackson..",
                "org.flywaydb..",
                "org.jspecify..",
                "org.postgresql..",
                "org.slf4j..",
                "org.sqlite..");
    }

    @Override
    protected List<String> wrappers() {
        return List.of("dev.agentrunner.jdbc.commit.StoreThreads");
    }
}
