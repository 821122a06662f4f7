package dev.agentrunner.jdbc.crash;

final class PostgresClusterTest extends ClusterContract {

    @Override
    Target target() {
        return Target.postgres();
    }
}
