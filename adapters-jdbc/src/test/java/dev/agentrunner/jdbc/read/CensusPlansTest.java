package dev.agentrunner.jdbc.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.RawSql;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.jdbc.postgres.PostgresDialect;
import dev.agentrunner.jdbc.postgres.TestDatabases;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.catalog.RunQuery;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who watches over a database with a long history must not read all of it every few seconds. */
class CensusPlansTest {

    private static final String HISTORY =
            "INSERT INTO ar_runs (id, status, epoch, last_seq, finished_at, queue, priority,"
                    + " cancel_requested, pause_requested, recoveries, woken, claimed_at, workflow, version, created_at, started_at)"
                    + " SELECT gen_random_uuid(), 'COMPLETED', 1, 3, now(), 'default', 0, false, false, 0, false, now(), 'w', '1',"
                    + " now(), now() FROM generate_series(1, 50000)";

    private static String plan(Connection connection, String explain, String sql, String column) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(explain + " " + sql)) {
            while (row.next()) {
                plan.append(row.getString(column)).append('\n');
            }
        }
        return plan.toString();
    }

    private static final String RARE =
            "UPDATE ar_runs SET workflow = 'rare' WHERE id = (SELECT min(id::text)::uuid FROM ar_runs)";

    private static final String DETAILS = "INSERT INTO ar_run_details (run_id, labels) SELECT id, '{}' FROM ar_runs";

    private static final String EVENTS = "INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at)"
            + " SELECT nextval('ar_event_ids'), id, 1, 'RUN_QUEUED', '{}', 'engine', created_at FROM ar_runs";

    /** Explains what it is asked to prepare. */
    private static Connection explaining(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                CensusPlansTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> connection.prepareStatement("EXPLAIN " + arguments[0]));
    }

    @Test
    void on_sqlite_they_go_by_index(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("runs.db");
        SqliteStore.at(file).close();
        try (Connection connection = RawSql.on(file).connect()) {
            assertThat(plan(connection, "EXPLAIN QUERY PLAN", SqlRunCatalog.BACKLOG.replace("?", "5"), "detail"))
                    .contains("USING COVERING INDEX ar_runs_ready");
            assertThat(plan(connection, "EXPLAIN QUERY PLAN", SqlRunCatalog.UNFINISHED, "detail"))
                    .contains("SEARCH ar_runs USING INDEX ar_runs_status");
        }
    }

    @Test
    void on_postgres_they_go_by_index() throws Exception {
        HikariDataSource pool = TestDatabases.migrated();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(HISTORY);
            for (String state : new String[] {"SELECT 1", "ANALYZE ar_runs"}) {
                statement.execute(state);
                assertThat(plan(connection, "EXPLAIN", SqlRunCatalog.BACKLOG.replace("?", "now()"), "QUERY PLAN"))
                        .as("the backlog after %s", state)
                        .containsAnyOf("ar_runs_due", "ar_runs_ready")
                        .doesNotContain("Seq Scan");
                assertThat(plan(connection, "EXPLAIN", SqlRunCatalog.UNFINISHED, "QUERY PLAN"))
                        .as("who has not finished after %s", state)
                        .contains("ar_runs_by_status")
                        .doesNotContain("Seq Scan");
            }
        } finally {
            pool.close();
            EmbeddedPostgresServer.shared().drop(pool.getJdbcUrl());
        }
    }

    @Test
    void runs_of_a_rare_workflow_are_listed_by_index_on_postgres() throws Exception {
        HikariDataSource pool = TestDatabases.migrated();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica"); // a finished run never changes
            for (String each : new String[] {HISTORY, RARE, DETAILS, EVENTS, "ANALYZE"}) {
                statement.execute(each);
            }
            List<String> plan = RunQuerySql.page(new PostgresDialect("test"), RunQuery.ALL.workflow("rare"))
                    .list(explaining(connection), row -> row.getString(1));
            assertThat(String.join("\n", plan)).contains("ar_runs_by_workflow").doesNotContain("Seq Scan on ar_runs");
        } finally {
            pool.close();
            EmbeddedPostgresServer.shared().drop(pool.getJdbcUrl());
        }
    }
}
