package dev.agentrunner.jdbc.crash;

/** Crashes on a SQLite file that several processes share. */
final class SqliteCrashTest extends CrashContract {

    @Override
    Target target() {
        return Target.sqlite(folder.resolve("runs.db"));
    }

    @Override
    Target school() {
        return Target.sqlite(folder.resolve("school.db"));
    }
}
