package dev.agentrunner.server.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;

/**
 * A store that closes its connections' pool after itself.
 *
 * @param pool closed last
 */
record PooledStore(Store store, HikariDataSource pool) implements Store {

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public RunLog log() {
        return store.log();
    }

    @Override
    public RunQueue queue() {
        return store.queue();
    }

    @Override
    public RunCatalog catalog() {
        return store.catalog();
    }

    @Override
    public RunRetention retention() {
        return store.retention();
    }

    @Override
    public ArtifactStore artifacts() {
        return store.artifacts();
    }

    @Override
    public AccessKeys keys() {
        return store.keys();
    }

    @Override
    public AccessSessions sessions() {
        return store.sessions();
    }

    @Override
    public AuditTrail audit() {
        return store.audit();
    }

    @Override
    public void close() {
        store.close();
        pool.close();
    }
}
