package dev.agentrunner.jdbc.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * A connection that is kept for as long as it works, and given back as it was. Its reads time out, so that a network
 * that swallows packets is noticed. Used by one thread.
 */
final class LaneConnection implements AutoCloseable {

    /** Longer than any statement of ours may wait for a lock. */
    static final int READ_TIMEOUT_MILLIS = 30_000;

    private final DataSource database;
    private final boolean autoCommit;
    private final int readTimeoutMillis;
    private @Nullable Connection connection;
    private boolean lentAutoCommit;
    private int lentTimeout;
    private AutoSave lentAutosave = AutoSave.NEVER;

    /**
     * Opens nothing yet.
     *
     * @param readTimeoutMillis how long an answer may take; 0: for ever
     */
    LaneConnection(DataSource database, boolean autoCommit, int readTimeoutMillis) {
        this.database = database;
        this.autoCommit = autoCommit;
        this.readTimeoutMillis = readTimeoutMillis;
    }

    /** The connection, opened if there is none. */
    Connection get() throws SQLException {
        if (connection == null) {
            Connection fresh = database.getConnection();
            connection = fresh;
            try {
                lentAutoCommit = fresh.getAutoCommit();
                lentTimeout = fresh.getNetworkTimeout();
                fresh.setNetworkTimeout(Runnable::run, readTimeoutMillis);
                fresh.setAutoCommit(autoCommit);
                // In a savepoint, rows bear another transaction's id, and a COMMIT among them is not expected.
                PGConnection postgres = fresh.unwrap(PGConnection.class);
                lentAutosave = postgres.getAutosave();
                postgres.setAutosave(AutoSave.NEVER);
            } catch (SQLException e) {
                discard();
                throw e;
            }
        }
        return connection;
    }

    /** Rolls back after an error that the connection survived; lets go of one that did not. */
    void recover() {
        if (connection == null) {
            return;
        }
        try {
            if (connection.isClosed()) {
                discard();
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            discard();
        }
    }

    /** Closes without giving back: nobody knows in what state it is. */
    void discard() {
        Connection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            broken.abort(Runnable::run);
        } catch (SQLException e) {
            // It is given up either way.
        }
        close(broken);
    }

    @Override
    public void close() {
        Connection mine = connection;
        connection = null;
        if (mine == null) {
            return;
        }
        try {
            if (!autoCommit) {
                mine.rollback();
            }
            mine.setAutoCommit(lentAutoCommit);
            mine.setNetworkTimeout(Runnable::run, lentTimeout);
            mine.unwrap(PGConnection.class).setAutosave(lentAutosave);
        } catch (SQLException e) {
            // A connection that cannot be restored is broken; the pool finds out.
        }
        close(mine);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing is left to be done with it.
        }
    }
}
