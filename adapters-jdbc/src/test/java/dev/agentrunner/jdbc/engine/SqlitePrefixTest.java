package dev.agentrunner.jdbc.engine;

import dev.agentrunner.engine.prefix.PrefixProperties;
import dev.agentrunner.jdbc.SqliteFiles;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Prefixes of logs that SQLite keeps. */
class SqlitePrefixTest extends PrefixProperties {

    private Path folder = Path.of("");

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("prefixes");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    @Override
    protected Store connect() {
        return SqliteStore.at(SqliteFiles.migrated(folder.resolve("runs.db")));
    }
}
