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

/** Does what another store does; subclasses do one thing differently. */
public class ForwardingStore implements Store {

    protected final Store whole;

    public ForwardingStore(Store whole) {
        this.whole = whole;
    }

    /** A store with one port replaced. */
    public static Store with(Store whole, RunLog log) {
        return new ForwardingStore(whole) {
            @Override
            public RunLog log() {
                return log;
            }
        };
    }

    /** A store with one port replaced. */
    public static Store with(Store whole, RunQueue queue) {
        return new ForwardingStore(whole) {
            @Override
            public RunQueue queue() {
                return queue;
            }
        };
    }

    /** A store with one port replaced. */
    public static Store with(Store whole, RunCatalog catalog) {
        return new ForwardingStore(whole) {
            @Override
            public RunCatalog catalog() {
                return catalog;
            }
        };
    }

    /** A store with one port replaced. */
    public static Store with(Store whole, RunRetention retention) {
        return new ForwardingStore(whole) {
            @Override
            public RunRetention retention() {
                return retention;
            }
        };
    }

    @Override
    public String describe() {
        return whole.describe();
    }

    @Override
    public RunLog log() {
        return whole.log();
    }

    @Override
    public RunQueue queue() {
        return whole.queue();
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
