package dev.agentrunner.jdbc.crash;

import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.jdbc.postgres.PooledStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database under test, in a form that can be handed to another process.
 *
 * @param url a JDBC URL
 */
record Target(String url) {

    private static final String SQLITE = "jdbc:sqlite:";

    static Target sqlite(Path file) {
        return new Target(SQLITE + file.toAbsolutePath());
    }

    /** A new database of the server of this JVM. */
    static Target postgres() {
        return new Target(EmbeddedPostgresServer.shared().newDatabase());
    }

    boolean isSqlite() {
        return url.startsWith(SQLITE);
    }

    /** The store as an application opens it. */
    Store open() {
        if (isSqlite()) {
            return SqliteStore.at(Path.of(url.substring(SQLITE.length())));
        }
        return PooledStore.on(url);
    }

    /** A plain connection, without any code of ours. */
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        if (isSqlite()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
            }
        }
        return connection;
    }

    /** A moment, which the databases keep differently, in milliseconds since 1970; -1 for none. */
    long millis(ResultSet row, String column) throws SQLException {
        long value = isSqlite()
                ? row.getLong(column)
                : row.getTimestamp(column) == null
                        ? -1
                        : row.getTimestamp(column).getTime();
        return row.wasNull() ? -1 : value;
    }
}
