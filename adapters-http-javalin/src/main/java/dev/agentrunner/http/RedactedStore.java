package dev.agentrunner.http;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.view.RedactedLog;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;

/** The store of a runner, whose log may be shown. Closing it does nothing: it is the runner's. Thread-safe. */
record RedactedStore(Store store, RunLog log) implements Store {

    static RedactedStore of(AgentRunner runner) {
        return new RedactedStore(runner.store(), new RedactedLog(runner.store().log(), runner::redact));
    }

    @Override
    public String describe() {
        return store.describe();
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
