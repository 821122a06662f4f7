package dev.agentrunner.jdbc.access;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;

/** The parts of a store that are about those who use it. */
public record Access(AccessKeys keys, AccessSessions sessions, AuditTrail audit) {

    public static Access in(Connections connections, Dialect dialect) {
        return new Access(
                new SqlKeys(connections, dialect),
                new SqlSessions(connections, dialect),
                new SqlAudit(connections, dialect));
    }
}
