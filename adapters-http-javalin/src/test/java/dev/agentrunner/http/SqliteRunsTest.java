package dev.agentrunner.http;

import dev.agentrunner.jdbc.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The same on a database. */
class SqliteRunsTest extends RunsTest {

    @Override
    TestServer start() {
        try {
            return TestServer.open(
                    SqliteStore.at(Files.createTempDirectory("runs").resolve("runs.db")),
                    HttpOptions.DEFAULT,
                    builder -> builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
