package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Stores side by side in one database: each in the first schema of its search path. */
class PostgresSchemasTest {

    private static final String RUNS = "SELECT count(*) FROM %s.ar_runs";

    private final String url = EmbeddedPostgresServer.shared().newDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"second", "Second \"one\""})
    void a_store_that_others_on_the_path_have_is_not_its_own(String schema) throws SQLException {
        String quoted = '"' + schema.replace("\"", "\"\"") + '"';
        DataSource first = database("public");
        PostgresStore.on(first).close();
        RawPostgres.update(first, "CREATE SCHEMA " + quoted);

        for (int openings = 0; openings < 2; openings++) {
            PostgresStore.on(database(quoted + ",public")).close();
        }
        try (Store store = PostgresStore.on(database(quoted + ",public"))) {
            new Runs(store).finished(RunStatus.COMPLETED);
        }

        assertThat(RawPostgres.number(first, String.format(RUNS, quoted))).isOne();
        assertThat(RawPostgres.number(first, String.format(RUNS, "public"))).isZero();
    }

    private DataSource database(String path) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setCurrentSchema(path);
        return database;
    }
}
