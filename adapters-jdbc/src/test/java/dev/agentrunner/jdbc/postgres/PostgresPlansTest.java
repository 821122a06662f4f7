package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes ten runs from a queue of thousands must not read thousands, not even where no statistics were made yet. */
@Tag("once")
class PostgresPlansTest {

    private static final String NO_STATISTICS = "ALTER TABLE ar_runs SET (autovacuum_enabled = false);"
            + "ALTER TABLE ar_events SET (autovacuum_enabled = false)";
    private static final String QUEUE =
            "WITH run AS (INSERT INTO ar_runs (id, status, ready_at, queue, priority, epoch,"
                    + " last_seq, cancel_requested, pause_requested, recoveries, woken, workflow, version, created_at)"
                    + " SELECT gen_random_uuid(), 'QUEUED', now(), 'default', 0, 0, 1, false, false, 0, false, 'w', '1',"
                    + " now() FROM generate_series(1, %d) RETURNING id)"
                    + " INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at)"
                    + " SELECT nextval('ar_event_ids'), id, 1, 'RUN_QUEUED', '{}', 'engine', now() FROM run";
    private static final String EFFORT = "SELECT"
            + " (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes"
            + " WHERE indexrelname IN ('ar_runs_ready', 'ar_runs_due')) AS queue,"
            + " (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'ar_runs') AS runs,"
            + " (SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'ar_events') AS events";
    private static final String SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()";
    private static final int CLAIMS = 40;
    private static final int EACH = 10;

    /** How many rows were read: by the index of the queue, and by going through whole tables. */
    private record Effort(long queue, long runs, long events) {}

    /** Plans are kept: those of small tables while they grow, those of large ones without knowing what is in them. */
    @ParameterizedTest
    @ValueSource(ints = {CLAIMS * EACH, 10_000})
    void a_claim_from_a_long_queue_reads_what_it_takes(int atFirst) throws Exception {
        HikariDataSource pool = TestDatabases.migrated();
        String url = pool.getJdbcUrl();
        execute(url, NO_STATISTICS);
        execute(url, QUEUE.formatted(atFirst));
        Effort effort;
        try {
            try (Store store = PostgresStore.on(pool)) {
                claim(store);
                execute(url, QUEUE.formatted(10_000));
                claim(store);
            }
            pool.close();
            effort = effort(url);
        } finally {
            pool.close();
            EmbeddedPostgresServer.shared().drop(url);
        }
        assertThat(effort.queue()).as("entries of the queue").isBetween(1L, 10L * CLAIMS * EACH);
        assertThat(effort.runs()).as("runs read without an index").isLessThan(1_000);
        assertThat(effort.events()).as("events read without an index").isLessThan(1_000);
    }

    private static void claim(Store store) {
        ClaimRequest request = Runs.request(new NodeId("plans"), EACH, Set.of(new WorkflowRef("w", "1")));
        for (int i = 0; i < CLAIMS; i++) {
            assertThat(store.queue().ready(request.workflows(), EACH)).isEqualTo(EACH);
            List<RunId> runs =
                    store.queue().claim(request).stream().map(Claim::run).toList();
            assertThat(store.log().readAll(runs)).hasSize(EACH);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica"); // the run and its event come in one statement
            statement.execute(sql);
        }
    }

    /** Sessions report what they did when they end, which they do a moment after they are closed. */
    private static Effort effort(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            RawPostgres.await("the store's sessions ended", () -> isAlone(connection));
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(EFFORT)) {
            row.next();
            return new Effort(row.getLong("queue"), row.getLong("runs"), row.getLong("events"));
        }
    }

    private static boolean isAlone(Connection connection) {
        try {
            return RawPostgres.number(connection, SESSIONS) == 1;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
