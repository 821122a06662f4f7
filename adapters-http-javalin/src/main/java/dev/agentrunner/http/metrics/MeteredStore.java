package dev.agentrunner.http.metrics;

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
 * A store that counts what its node commits and claims; give it to the runner in place of the one that it wraps. In
 * everything else it is that store. Thread-safe.
 */
public final class MeteredStore implements Store {

    private final Store whole;
    private final RunLog log;
    private final RunQueue queue;

    /** @param metrics where the numbers go, and which shows what this store holds from now on */
    public MeteredStore(Store whole, Metrics metrics) {
        this.whole = whole;
        KnownRuns runs = new KnownRuns();
        this.log = new MeteredLog(whole.log(), metrics.meters(), runs);
        this.queue = new MeteredQueue(whole.queue(), metrics.meters(), runs);
        metrics.show(whole.catalog());
    }

    @Override
    public String describe() {
        return whole.describe();
    }

    @Override
    public RunLog log() {
        return log;
    }

    @Override
    public RunQueue queue() {
        return queue;
    }

    @Override
    public RunCatalog catalog() {
        return whole.catalog();
    }

    @Override
    public RunRetention retention() {
        return whole.retention();
    }

    @Override
    public ArtifactStore artifacts() {
        return whole.artifacts();
    }

    @Override
    public AccessKeys keys() {
        return whole.keys();
    }

    @Override
    public AccessSessions sessions() {
        return whole.sessions();
    }

    @Override
    public AuditTrail audit() {
        return whole.audit();
    }

    @Override
    public void close() {
        whole.close();
    }
}
