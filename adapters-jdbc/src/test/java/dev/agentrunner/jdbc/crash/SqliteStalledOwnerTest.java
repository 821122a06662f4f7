package dev.agentrunner.jdbc.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStalledOwnerTest extends StalledOwnerContract {

    @TempDir
    Path folder;

    @Override
    Target target() {
        return Target.sqlite(folder.resolve("runs.db"));
    }
}
