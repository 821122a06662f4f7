package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.SqlWork;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Borrows a connection of the host for one piece of work and gives it back as it was. */
public final class PostgresConnections implements Connections {

    private static final int ATTEMPTS = 5;

    private final DataSource database;
    private final PostgresDialect dialect;
    private volatile boolean closed;

    public PostgresConnections(DataSource database, PostgresDialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public <T extends @Nullable Object> T read(SqlWork<T> work) {
        return borrow(work, true);
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
        return transaction(connection -> {
            Script.transaction(connection).run();
            return work.on(connection);
        });
    }

    /** Writes, too, in fewer round trips: the work itself begins with {@link Script#transaction}, and may commit. */
    <T extends @Nullable Object> T transaction(SqlWork<T> work) {
        return borrow(connection -> inTransaction(connection, work), false);
    }

    /** From now on nothing is lent. */
    public void close() {
        closed = true;
    }

    private <T extends @Nullable Object> T borrow(SqlWork<T> work, boolean autoCommit) {
        for (int attempt = 1; ; attempt++) {
            if (closed) {
                throw new StoreClosedException(dialect.describe());
            }
            try {
                return lend(work, autoCommit);
            } catch (SQLException e) {
                if (attempt < ATTEMPTS && lostRace(e)) {
                    continue;
                }
                if (dialect.refuses(e)) {
                    throw new AgentRunnerException(
                            "The store " + dialect.describe() + " refused a statement: " + e.getMessage()
                                    + ". Nothing was written; this is a defect worth a report",
                            e);
                }
                throw new StoreUnavailableException(dialect.describe(), e);
            }
        }
    }

    private <T extends @Nullable Object> T lend(SqlWork<T> work, boolean autoCommit) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean before = connection.getAutoCommit();
            if (before != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            try {
                return work.on(connection);
            } finally {
                if (before != autoCommit && !connection.isClosed()) {
                    connection.setAutoCommit(before);
                }
            }
        }
    }

    private static <T extends @Nullable Object> T inTransaction(Connection connection, SqlWork<T> work)
            throws SQLException {
        boolean done = false;
        try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done && !connection.isClosed()) {
                connection.rollback();
            }
        }
    }

    /** Deadlock, serialization failure, somebody else's row was first: the same again finds things as they are now. */
    private static boolean lostRace(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("40") || state.equals("23505"));
    }
}
