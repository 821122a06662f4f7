package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresStoreContractTest extends StoreContract {

    private static HikariDataSource pool = new HikariDataSource();

    @BeforeAll
    static void makeDatabase() {
        pool = TestDatabases.migrated();
    }

    @AfterAll
    static void dropDatabase() {
        pool.close();
        EmbeddedPostgresServer.shared().drop(pool.getJdbcUrl());
    }

    @Override
    protected Store open() {
        return PostgresStore.on(pool);
    }

    @Override
    protected void dispose() throws SQLException {
        TestDatabases.empty(pool);
    }
}
