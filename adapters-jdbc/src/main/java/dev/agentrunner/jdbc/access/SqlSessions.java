package dev.agentrunner.jdbc.access;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sessions in a table. One begins at a time, so that two that forget the same rows never wait for each other crosswise. */
public final class SqlSessions implements AccessSessions {

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;

    public SqlSessions(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    @Override
    public void begin(AccessSession session, Instant now) {
        if (connections.write(connection -> write(connection, session, now)) == 0) {
            throw new IllegalArgumentException("There is a session with this sum already; make another token");
        }
    }

    private int write(Connection connection, AccessSession session, Instant now) throws SQLException {
        dialect.keepOut(connection, "ar_sessions");
        new Query(dialect)
                .add("DELETE FROM ar_sessions WHERE ends_at <= ?", now)
                .update(connection);
        return new Query(dialect)
                .add(
                        "INSERT INTO ar_sessions (sha256, key_id, ends_at) VALUES (?, ?, ?)"
                                + " ON CONFLICT (sha256) DO NOTHING",
                        session.sha256(),
                        session.keyId(),
                        session.endsAt())
                .update(connection);
    }

    @Override
    public Optional<AccessSession> find(String sha256) {
        Query query =
                new Query(dialect).add("SELECT sha256, key_id, ends_at FROM ar_sessions WHERE sha256 = ?", sha256);
        return connections.read(connection -> query.list(connection, this::session)).stream()
                .findFirst();
    }

    @Override
    public void end(String sha256) {
        Query delete = new Query(dialect).add("DELETE FROM ar_sessions WHERE sha256 = ?", sha256);
        connections.write(delete::update);
    }

    private AccessSession session(ResultSet row) throws SQLException {
        return new AccessSession(row.getString("sha256"), row.getString("key_id"), rows.time(row, "ends_at"));
    }
}
