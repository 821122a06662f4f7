package dev.agentrunner.jdbc;

import dev.agentrunner.jdbc.access.Access;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store made of its parts. */
abstract class ComposedStore implements Store {

    private final Parts parts;
    private final AtomicBoolean closed = new AtomicBoolean();

    ComposedStore(Parts parts) {
        this.parts = parts;
    }

    /**
     * What a store is made of.
     *
     * @param closing ends the store: first commits under way, then connections
     */
    record Parts(
            String description,
            RunLog log,
            RunQueue queue,
            RunCatalog catalog,
            RunRetention retention,
            ArtifactStore artifacts,
            Access access,
            Runnable closing) {}

    @Override
    public final String describe() {
        return parts.description();
    }

    @Override
    public final RunLog log() {
        return parts.log();
    }

    @Override
    public final RunQueue queue() {
        return parts.queue();
    }

    @Override
    public final RunCatalog catalog() {
        return parts.catalog();
    }

    @Override
    public final RunRetention retention() {
        return parts.retention();
    }

    @Override
    public final ArtifactStore artifacts() {
        return parts.artifacts();
    }

    @Override
    public final AccessKeys keys() {
        return parts.access().keys();
    }

    @Override
    public final AccessSessions sessions() {
        return parts.access().sessions();
    }

    @Override
    public final AuditTrail audit() {
        return parts.access().audit();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            parts.closing().run();
        }
    }

    @Override
    public final String toString() {
        return describe();
    }
}
