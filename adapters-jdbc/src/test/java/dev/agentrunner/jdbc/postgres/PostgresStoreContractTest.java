package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import java.util.ArrayList;
import java.util.List;

final class PostgresStoreContractTest extends StoreContract {

    private final List<HikariDataSource> pools = new ArrayList<>();

    @Override
    protected Store open() {
        HikariDataSource pool = TestDatabases.migrated();
        pools.add(pool);
        return PostgresStore.on(pool);
    }

    @Override
    protected void dispose() {
        pools.forEach(pool -> {
            pool.close();
            EmbeddedPostgresServer.shared().drop(pool.getJdbcUrl());
        });
        pools.clear();
    }
}
