package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;

/** Pools as a host application has them. */
final class TestDatabases {

    private TestDatabases() {}

    /** A pool on a database of its own. */
    static HikariDataSource fresh() {
        return pool(EmbeddedPostgresServer.shared().newDatabase());
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
