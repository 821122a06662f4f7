package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.engine.prefix.PrefixProperties;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.store.Store;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Prefixes of logs that PostgreSQL keeps. */
class PostgresPrefixTest extends PrefixProperties {

    private HikariDataSource pool = new HikariDataSource();

    @BeforeProperty
    void makeDatabase() {
        pool = TestDatabases.migrated();
    }

    @AfterProperty
    void closePool() {
        pool.close();
    }

    @Override
    protected Store connect() {
        return PostgresStore.on(pool);
    }
}
