package dev.agentrunner.jdbc.crash;

import org.junit.jupiter.api.Tag;

@Tag("once")
final class PostgresClusterTest extends ClusterContract {

    @Override
    Target target() {
        return Target.postgres();
    }
}
