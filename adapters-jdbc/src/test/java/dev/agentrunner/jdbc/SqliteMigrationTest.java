package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.schema.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

@Timeout(180)
class SqliteMigrationTest {

    private static final String SCRIPTS = "dev/agentrunner/jdbc/sqlite";

    @TempDir
    Path folder;

    @Test
    void every_script_in_the_folder_is_listed_and_the_other_way_round() throws Exception {
        Path scripts = Path.of("src/main/resources").resolve(SCRIPTS);
        try (Stream<Path> files = Files.list(scripts)) {
            assertThat(Files.readAllLines(scripts.resolve("migrations.txt")))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".sql"))
                                    .toList());
        }
    }

    @Test
    void a_store_opens_on_every_earlier_version_and_ends_with_the_same_schema() throws Exception {
        Path fresh = folder.resolve("fresh.db");
        SqliteStore.at(fresh).close();
        List<String> versions =
                Files.readAllLines(
                                Path.of("src/main/resources").resolve(SCRIPTS).resolve("migrations.txt"))
                        .stream()
                        .map(name -> name.substring(1, name.indexOf("__")))
                        .toList();
        for (String version : versions) {
            Path file = folder.resolve("from-" + version + ".db");
            SQLiteDataSource database = new SQLiteDataSource();
            database.setUrl("jdbc:sqlite:" + file);
            Migrations.migrate(database, SCRIPTS, MigrationVersion.fromVersion(version));
            try (SqliteStore store = SqliteStore.at(file)) {
                assertThat(TestRuns.append(store, TestRuns.claimed(TestRuns.id(), TestRuns.NODE)))
                        .isNotNull();
            }
            assertThat(schema(file)).isEqualTo(schema(fresh));
        }
    }

    @Test
    void tables_and_migrations_of_a_host_application_are_left_alone() throws Exception {
        Path file = folder.resolve("host.db");
        RawSql.on(file).run("CREATE TABLE orders (id INTEGER)", "CREATE TABLE flyway_schema_history (version TEXT)");
        SqliteStore.at(file).close();
        SqliteStore.at(file).close();
        assertThat(RawSql.on(file).number("SELECT count(*) FROM flyway_schema_history"))
                .isZero();
        assertThat(RawSql.on(file).number("SELECT count(*) FROM orders")).isZero();
    }

    @Test
    void many_threads_and_processes_open_a_new_file_at_once() throws Exception {
        Path file = folder.resolve("runs.db");
        List<Child> children = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int i = 0; i < 3; i++) {
                children.add(Child.start("open", file));
            }
            List<Callable<Boolean>> opens = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                opens.add(() -> {
                    SqliteStore.at(file).close();
                    return true;
                });
            }
            for (Future<Boolean> open : threads.invokeAll(opens)) {
                assertThat(open.get()).isTrue();
            }
            for (Child child : children) {
                assertThat(child.line()).isEqualTo("done");
            }
        } finally {
            threads.shutdownNow();
            children.forEach(Child::close);
        }
        assertThat(RawSql.on(file).number("SELECT count(*) FROM ar_schema_history WHERE success"))
                .isEqualTo(2);
    }

    private static List<String> schema(Path file) throws Exception {
        List<String> schema = new ArrayList<>();
        try (Connection connection = RawSql.on(file).connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")) {
            while (row.next()) {
                schema.add(row.getString(1));
            }
        }
        return schema;
    }
}
