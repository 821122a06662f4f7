package dev.agentrunner.benchmarks;

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
final class PostgresDatabase implements Database {

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;

    PostgresDatabase() throws IOException {
        // The embedded server turns fsync off unless told otherwise.
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_wal_size", "2GB")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
    }

    @Override
    public Store store() {
        return PostgresStore.on(pool);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true");
    }

    @Override
    public List<String> copyOf(String table, Connection connection) {
        return List.of("create table " + table.replace("ar_", "raw_") + " (like " + table + " including all)");
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
