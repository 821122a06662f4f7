package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;

/** Pools as a host application has them. */
final class TestDatabases {

    private static String template = "";

    private TestDatabases() {}

    /** A pool on an empty database of its own. */
    static HikariDataSource fresh() {
        return pool(EmbeddedPostgresServer.shared().newDatabase());
    }

    /** A pool on a database of its own that has the schema already, which is quicker. */
    static synchronized HikariDataSource migrated() {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.shared();
        if (template.isEmpty()) {
            String url = server.newDatabase();
            try (HikariDataSource pool = pool(url)) {
                PostgresStore.on(pool).close();
            }
            template = EmbeddedPostgresServer.name(url);
        }
        return pool(server.newDatabase(template));
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
