package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreProperties;
import java.util.ArrayList;
import java.util.List;

final class PostgresPropertiesTest extends StoreProperties {

    private final List<HikariDataSource> pools = new ArrayList<>();

    @Override
    protected Store open() {
        HikariDataSource pool = TestDatabases.migrated();
        pools.add(pool);
        return PostgresStore.on(pool);
    }

    @Override
    protected void dispose() {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }
}
