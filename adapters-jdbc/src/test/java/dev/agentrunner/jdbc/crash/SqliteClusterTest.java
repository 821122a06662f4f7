package dev.agentrunner.jdbc.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
final class SqliteClusterTest extends ClusterContract {

    @TempDir
    Path folder;

    @Override
    Target target() {
        return Target.sqlite(folder.resolve("runs.db"));
    }
}
