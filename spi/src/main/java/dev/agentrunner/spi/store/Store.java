package dev.agentrunner.spi.store;

import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;

/** All ports of one database. Closing waits for commits under way; closing again does nothing. */
public interface Store extends AutoCloseable {

    /** Short and without secrets, for people: such as {@code sqlite:data/runs.db}. */
    String describe();

    RunLog log();

    RunQueue queue();

    RunCatalog catalog();

    RunRetention retention();

    /** Keeps bytes in the same database. */
    ArtifactStore artifacts();

    AccessKeys keys();

    AccessSessions sessions();

    AuditTrail audit();

    @Override
    void close();
}
