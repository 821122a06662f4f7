package dev.agentrunner.jdbc.crash;

/** Crashes of processes that share a PostgreSQL server. */
final class PostgresCrashTest extends CrashContract {

    @Override
    Target target() {
        return Target.postgres();
    }

    @Override
    Target school() {
        return Target.postgres();
    }
}
