package dev.agentrunner.benchmarks.peer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One Postgres for all, with {@code fsync} and {@code synchronous_commit} on; a database of its own for each repetition. */
public final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final int CONNECTIONS = 300;

    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    public Postgres() throws IOException {
        // The embedded server turns fsync off unless told otherwise.
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("max_connections", Integer.toString(CONNECTIONS))
                .start();
    }

    /** The URL of an empty database. */
    public String newDatabase() throws SQLException {
        String name = "bench" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl(USER, USER));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            statement.execute("checkpoint"); // so that each begins with the same work behind it
        }
        return server.getJdbcUrl(USER, name);
    }

    /** What was done in a database, and by the server, up to now. */
    Usage usage(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select xact_commit, pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
                        + " from pg_stat_database where datname = current_database()")) {
            row.next();
            return new Usage(row.getLong(1), row.getLong(2), Processes.cpuMillisOfTree(postmaster(connection)));
        }
    }

    private static long postmaster(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .pid();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /**
     * @param commits transactions that were committed
     * @param walBytes written to the log of the server
     * @param cpuMillis of all its processes
     */
    record Usage(long commits, long walBytes, long cpuMillis) {
        Usage since(Usage before) {
            return new Usage(commits - before.commits, walBytes - before.walBytes, cpuMillis - before.cpuMillis);
        }
    }
}
