package dev.agentrunner.memory;

import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;
import java.time.InstantSource;

/**
 * A store that keeps everything in memory and loses it with the process.
 *
 * <p>It is the reference of what the ports mean: one lock, no clever parts. Commits are visible when {@code
 * append} returns; listeners are told in the thread that appended. Thread-safe.
 */
public final class InMemoryStore implements Store {

    static final String NAME = "memory";

    private final Tables tables;
    private final RunLog log;
    private final RunQueue queue;
    private final RunCatalog catalog;
    private final RunRetention retention;
    private final MemoryArtifacts artifacts;
    private final AccessKeys keys;
    private final AccessSessions sessions;
    private final AuditTrail audit;

    /** A store with the system's clock. */
    public InMemoryStore() {
        this(InstantSource.system());
    }

    /** A store with a clock of its own, whose times it cuts to milliseconds. */
    public InMemoryStore(InstantSource clock) {
        tables = new Tables(clock);
        Followers followers = new Followers();
        log = new MemoryLog(tables, followers);
        queue = new MemoryQueue(tables, followers);
        catalog = new MemoryCatalog(tables);
        retention = new MemoryRetention(tables);
        artifacts = new MemoryArtifacts(clock);
        keys = new MemoryKeys(tables);
        sessions = new MemorySessions(tables);
        audit = new MemoryAudit(tables);
    }

    @Override
    public String describe() {
        return NAME;
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
        return catalog;
    }

    @Override
    public RunRetention retention() {
        return retention;
    }

    @Override
    public ArtifactStore artifacts() {
        return artifacts;
    }

    @Override
    public AccessKeys keys() {
        return keys;
    }

    @Override
    public AccessSessions sessions() {
        return sessions;
    }

    @Override
    public AuditTrail audit() {
        return audit;
    }

    @Override
    public void close() {
        tables.close();
    }
}
