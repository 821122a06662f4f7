package dev.agentrunner.jdbc.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Somebody else who uses the database. */
final class RawPostgres {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private RawPostgres() {}

    static int update(DataSource database, String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return update(connection, sql, values);
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql, values)) {
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    static long number(DataSource database, String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return number(connection, sql, values);
        }
    }

    static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = bound(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Until something that others do has happened. */
    static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It never happened that " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The same for a question to the database. */
    static void awaitRow(DataSource database, String what, String query, Object... values) {
        await(what, () -> {
            try {
                return number(database, query, values) > 0;
            } catch (SQLException e) {
                return false;
            }
        });
    }
}
