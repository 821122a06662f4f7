package dev.agentrunner.jdbc.differential;

import dev.agentrunner.jdbc.SqliteFiles;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.StoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

class SqlitePropertiesTest extends StoreProperties {

    private Path folder = Path.of("");

    @Override
    protected Store open() throws IOException {
        folder = Files.createTempDirectory("properties");
        return SqliteStore.at(SqliteFiles.migrated(folder.resolve("runs.db")));
    }

    @Override
    protected void dispose() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
