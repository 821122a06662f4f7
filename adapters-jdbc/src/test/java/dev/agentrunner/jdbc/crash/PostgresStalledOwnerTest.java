package dev.agentrunner.jdbc.crash;

final class PostgresStalledOwnerTest extends StalledOwnerContract {

    @Override
    Target target() {
        return Target.postgres();
    }
}
