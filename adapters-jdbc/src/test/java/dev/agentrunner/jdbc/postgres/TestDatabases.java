package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Pools as a host application has them. */
public final class TestDatabases {

    private static String template = "";

    private TestDatabases() {}

    /** A pool on an empty database of its own. */
    static HikariDataSource fresh() {
        return pool(EmbeddedPostgresServer.shared().newDatabase());
    }

    /** A pool on a database of its own that has the schema already, which is quicker. */
    public static synchronized HikariDataSource migrated() {
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

    /**
     * Deletes what stores have written, which is quicker than a new database. A superuser may pass the triggers that
     * forbid it.
     */
    public static void empty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> script = new ArrayList<>(List.of("SET session_replication_role = replica"));
            try (ResultSet tables = statement.executeQuery("SELECT 'DELETE FROM ' || tablename FROM pg_tables"
                    + " WHERE tablename LIKE 'ar\\_%' AND tablename <> 'ar_schema_history'")) {
                while (tables.next()) {
                    script.add(tables.getString(1));
                }
            }
            script.add("SET session_replication_role = origin");
            statement.execute(String.join(";", script));
        }
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
