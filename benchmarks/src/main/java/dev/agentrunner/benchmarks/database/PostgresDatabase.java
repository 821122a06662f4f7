package dev.agentrunner.benchmarks.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A Postgres of its own with its default settings: {@code fsync} and {@code synchronous_commit} are on. */
public final class PostgresDatabase implements Database {

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;

    public PostgresDatabase() throws IOException {
        // The embedded server turns fsync off unless told otherwise.
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "2GB")
                .start();
        pool = pool(url());
    }

    /** Connections to a database, for one store. */
    public static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    /** Where it is, with the name of a superuser; for another process as well. */
    @Override
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public Store store() {
        return PostgresStore.on(pool);
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(url());
    }

    /** A plain connection to a database, set up for bulk inserts. */
    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url + "&reWriteBatchedInserts=true");
    }

    @Override
    public List<String> copyOf(String table, Connection connection) {
        return emptyCopy(table);
    }

    /** The statement that creates an empty table like this one, with its keys and indexes, without its triggers. */
    public static List<String> emptyCopy(String table) {
        return List.of("create table " + table.replace("ar_", "raw_") + " (like " + table + " including all)");
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
