package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;

/** A connection to a store that lives on when the connection is closed, as a database would. */
public record KeptStore(Store store) implements Store {

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
    public void close() {}
}
