package dev.agentrunner.contest.dbos;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.migrations.MigrationManager;

/**
 * DBOS Transact as {@code DBOSConfig.defaults} has it: its own pool of 10 connections (batched inserts are rewritten), LISTEN
 * and NOTIFY on, Jackson. The id of the executor is its default, too: {@code local}, or what {@code DBOS__VMID} says; nodes
 * that execute side by side need different ones, and a node that takes over after a crash the one of the former.
 */
public final class DbosEntry implements Entry {

    @Override
    public void migrate(String jdbcUrl, String user, String password) {
        MigrationManager.runMigrations(config(jdbcUrl, user, password));
    }

    @Override
    public Contestant at(Place place) {
        return place.executes() ? new DbosNode(place) : new DbosSubmitter(place);
    }

    static DBOSConfig config(String jdbcUrl, String user, String password) {
        // An executor that starts takes over what others of the same name are executing, dead or not.
        return DBOSConfig.defaults("contest")
                .withExecutorId("node-" + ProcessHandle.current().pid())
                .withDatabaseUrl(jdbcUrl)
                .withDbUser(user)
                .withDbPassword(password);
    }
}
