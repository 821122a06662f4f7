package dev.agentrunner.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.jdbc.RawSql;
import dev.agentrunner.jdbc.SqliteFiles;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.error.AgentRunnerException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

class HistoryTest {

    private static final String TABLE = "ar_schema_history";
    private static final ScriptFolder SCRIPTS = ScriptFolder.of("dev/agentrunner/jdbc/sqlite");

    @TempDir
    Path folder;

    @Test
    void flyway_keeps_the_checksums_that_are_computed_here() {
        assertThat(holds(SqliteFiles.migrated(folder.resolve("runs.db")))).isTrue();
    }

    @Test
    void an_empty_database_holds_nothing() {
        assertThat(holds(folder.resolve("new.db"))).isFalse();
    }

    @Test
    void a_database_that_cannot_be_opened_holds_nothing() {
        assertThat(holds(folder.resolve("no/such/folder/runs.db"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ar_schema_history SET checksum = checksum + 1 WHERE version = '1'",
                "UPDATE ar_schema_history SET success = 0 WHERE version = '2'",
                "DELETE FROM ar_schema_history WHERE version = '2'"
            })
    void a_history_that_differs_is_left_to_flyway_which_refuses_it(String change) throws Exception {
        Path file = SqliteFiles.migrated(folder.resolve("runs.db"));
        RawSql.on(file).run(change);

        assertThat(holds(file)).isFalse();
        assertThatThrownBy(() -> SqliteStore.at(file)).isInstanceOf(AgentRunnerException.class);
    }

    @Test
    void a_history_of_a_later_version_is_left_to_flyway() throws Exception {
        Path file = SqliteFiles.migrated(folder.resolve("runs.db"));
        RawSql.on(file)
                .run("INSERT INTO ar_schema_history SELECT 99, '99', description, type, 'V99__later.sql', 1,"
                        + " installed_by, installed_on, 0, 1 FROM ar_schema_history WHERE version = '1'");

        assertThat(holds(file)).isFalse();
    }

    private static boolean holds(Path file) {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + file);
        return History.holds(database, TABLE, SCRIPTS);
    }
}
