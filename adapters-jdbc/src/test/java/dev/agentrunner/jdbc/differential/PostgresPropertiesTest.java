package dev.agentrunner.jdbc.differential;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreProperties;

class PostgresPropertiesTest extends StoreProperties {

    private final HikariDataSource pool = new HikariDataSource();

    @Override
    protected Store open() {
        pool.setJdbcUrl(EmbeddedPostgresServer.shared().newDatabase());
        pool.setMaximumPoolSize(12);
        return PostgresStore.on(pool);
    }

    @Override
    protected void dispose() {
        pool.close();
    }
}
