package dev.agentrunner.jdbc.engine;

import dev.agentrunner.engine.EngineSuite;
import dev.agentrunner.jdbc.SqliteFiles;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The engine on SQLite. */
class SqliteEngineTest extends EngineSuite {

    @TempDir
    Path folder;

    @Override
    protected Store connect() {
        return SqliteStore.at(SqliteFiles.migrated(folder.resolve("runs.db")));
    }
}
