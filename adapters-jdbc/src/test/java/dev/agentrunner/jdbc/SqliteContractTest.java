package dev.agentrunner.jdbc;

import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreContract;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** All contracts, with a clock that is turned by hand. */
class SqliteContractTest extends StoreContract {

    @TempDir
    static Path folder;

    private final ManualClock clock = ManualClock.standing();

    @Override
    protected Store open() {
        return SqliteStore.at(SqliteFiles.migrated(folder.resolve(Ids.name("runs") + ".db")), clock);
    }

    @Override
    protected void elapse(Duration time) {
        clock.advance(time);
    }
}
