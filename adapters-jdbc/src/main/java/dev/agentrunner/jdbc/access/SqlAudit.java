package dev.agentrunner.jdbc.access;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail in a table. One writer at a time, so that ids become visible in their order; and since a commit takes
 * longer than an entry, whose turn it is writes for all that wait by then. They succeed and fail together: an entry holds
 * nothing that a store could refuse.
 */
public final class SqlAudit implements AuditTrail {

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;
    private final Lock turn = new ReentrantLock();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    /** A caller with an entry. */
    private static final class Waiting {
        final AuditEntry entry;
        boolean settled; // guarded by turn

        @Nullable RuntimeException failure; // guarded by turn

        Waiting(AuditEntry entry) {
            this.entry = entry;
        }
    }

    public SqlAudit(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    @Override
    public void record(AuditEntry entry) {
        Waiting mine = new Waiting(entry);
        waiting.add(mine);
        turn.lock();
        try {
            if (!mine.settled) {
                settle(List.copyOf(waiting));
            }
            if (mine.failure != null) {
                throw mine.failure;
            }
        } finally {
            turn.unlock();
        }
    }

    private void settle(List<Waiting> all) {
        RuntimeException failure = null;
        try {
            connections.write(connection -> {
                dialect.keepOut(connection, "ar_audit");
                for (Waiting each : all) {
                    write(connection, each.entry);
                }
                return all;
            });
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Waiting each : all) {
            waiting.remove(each);
            each.settled = true;
            each.failure = failure;
        }
    }

    private void write(Connection connection, AuditEntry entry) throws SQLException {
        new Query(dialect)
                .add(
                        "INSERT INTO ar_audit (id, actor, action, target, outcome, address, details, created_at)"
                                + " SELECT coalesce(max(id), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM ar_audit",
                        entry.actor().value(),
                        entry.action(),
                        entry.target(),
                        entry.outcome(),
                        entry.address(),
                        entry.details().text(),
                        dialect.now(connection))
                .update(connection);
    }

    @Override
    public List<AuditRecord> read(long afterId, int limit) {
        Query query = new Query(dialect)
                .add("SELECT id, actor, action, target, outcome, address, details, created_at FROM ar_audit")
                .add("WHERE id > ? ORDER BY id LIMIT ?", afterId, Math.max(0, limit));
        return connections.read(connection -> query.list(connection, this::audit));
    }

    private AuditRecord audit(ResultSet row) throws SQLException {
        AuditEntry entry = new AuditEntry(
                new Actor(row.getString("actor")),
                row.getString("action"),
                row.getString("target"),
                row.getString("outcome"),
                row.getString("address"),
                new Json(row.getString("details")));
        return new AuditRecord(row.getLong("id"), entry, rows.time(row, "created_at"));
    }
}
