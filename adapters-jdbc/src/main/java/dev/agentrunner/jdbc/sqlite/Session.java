package dev.agentrunner.jdbc.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A connection set up for the store, with its prepared statements. Used by one thread at a time. */
final class Session implements AutoCloseable {

    private static final int BUSY_MILLIS = 5_000;

    final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) throws SQLException {
        this.connection = connection;
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
        execute("PRAGMA foreign_keys = ON");
        execute("PRAGMA synchronous = FULL");
    }

    /** The same statement for the same text; the caller does not close it. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** BEGIN, COMMIT and the like, which are executed all the time. */
    void control(String sql) throws SQLException {
        prepare(sql).execute();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
