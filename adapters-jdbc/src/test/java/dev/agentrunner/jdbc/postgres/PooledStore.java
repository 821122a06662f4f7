package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingStore;

/** A store in PostgreSQL on connections of its own, as a node in another process has it. */
public final class PooledStore extends ForwardingStore {

    private final HikariDataSource pool;

    private PooledStore(HikariDataSource pool) {
        super(PostgresStore.on(pool));
        this.pool = pool;
    }

    public static Store on(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(12);
        pool.setMinimumIdle(0);
        return new PooledStore(new HikariDataSource(pool));
    }

    @Override
    public void close() {
        super.close();
        pool.close();
    }
}
