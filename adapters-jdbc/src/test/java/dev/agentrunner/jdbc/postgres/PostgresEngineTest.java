package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.engine.EngineSuite;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The engine on PostgreSQL; each connection has a pool of its own, as each node would. */
class PostgresEngineTest extends EngineSuite {

    private static String database = "";

    private final List<HikariDataSource> pools = new ArrayList<>();

    @BeforeAll
    static void makeDatabase() {
        try (HikariDataSource pool = TestDatabases.migrated()) {
            database = pool.getJdbcUrl();
        }
    }

    @AfterAll
    static void dropDatabase() {
        EmbeddedPostgresServer.shared().drop(database);
    }

    @Override
    protected Store connect() {
        HikariDataSource pool = TestDatabases.pool(database);
        pools.add(pool);
        return PostgresStore.on(pool);
    }

    @AfterEach
    void emptyDatabase() throws SQLException {
        if (!pools.isEmpty()) {
            TestDatabases.empty(pools.get(0));
        }
        pools.forEach(HikariDataSource::close);
    }
}
