package dev.agentrunner.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import dev.agentrunner.tck.fixture.Ids;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.io.TempDir;

/** All contracts, over a pool of the host application and with the system's clock. */
class SqliteDataSourceContractTest extends StoreContract {

    @TempDir
    static Path folder;

    private final Deque<HikariDataSource> pools = new ArrayDeque<>();

    @Override
    protected Store open() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:sqlite:" + SqliteFiles.migrated(folder.resolve(Ids.name("runs") + ".db")));
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(0);
        pools.add(pool);
        return SqliteStore.of(pool);
    }

    @Override
    protected void dispose() {
        pools.remove().close();
    }
}
