package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingStore;

/** A store in PostgreSQL on connections of its own, as a node in another process has it. */
public final class PooledStore extends ForwardingStore {

    /** As many as one process has at most. */
    public static final int CONNECTIONS = 12;

    private final HikariDataSource pool;

    private PooledStore(Store store, HikariDataSource pool) {
        super(store);
        this.pool = pool;
    }

    /** Its connections bear the name of this process. */
    public static Store on(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty(
                "ApplicationName", nameOf(ProcessHandle.current().pid()));
        HikariDataSource pool = new HikariDataSource(config);
        boolean open = false;
        try {
            Store store = new PooledStore(PostgresStore.on(pool), pool);
            open = true;
            return store;
        } finally {
            if (!open) {
                pool.close();
            }
        }
    }

    /** What the server calls the connections of a process. */
    public static String nameOf(long pid) {
        return "agent-runner-" + pid;
    }

    @Override
    public void close() {
        super.close();
        pool.close();
    }
}
