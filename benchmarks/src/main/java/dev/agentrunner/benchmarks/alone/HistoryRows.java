package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Finished runs of the last thirty days, evenly spread: copies of three that the engine itself has executed, so that
 * their rows are like its own. Of twenty, one failed and one was canceled. Twenty workflows and twenty teams, and one rare
 * workflow and team of the hundred oldest runs.
 */
final class HistoryRows {

    static final String RARE = "rare";
    static final String COMMON_WORKFLOW = "history-3";
    static final String COMMON_TEAM = "team-3";
    static final Duration SPAN = Duration.ofDays(30);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Workflow<Integer, Integer> FAILS = Workflow.named("fails", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> {
                run.step("add", Integer.class, step -> n + 1);
                throw new TerminalFailureException("invalid", "There is nothing to do");
            });

    private static final Workflow<Integer, Integer> WAITS = Workflow.named("waits", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> run.step("add", Integer.class, step -> n + 1) + run.await("go", Integer.class));

    /** Ids grow with time, as those of the engine do; all but their first twelve digits is drawn. */
    private static final String CHOOSE = """
            CREATE TEMP TABLE made AS
            SELECT n.i, n.at, n.template, n.workflow, n.team, (lpad(to_hex((extract(epoch FROM n.at) * 1000)::bigint), 12, '0')
                || '7' || lpad(to_hex((random() * 4095)::int), 3, '0') || '8' || lpad(to_hex((random() * 4095)::int), 3, '0')
                || lpad(to_hex((random() * 281474976710655)::bigint), 12, '0'))::uuid AS id
            FROM (SELECT i, date_trunc('milliseconds', now() - interval '%1$d s' + interval '%1$d s' * i / %2$d) AS at,
                CASE i / 20 %% 20 WHEN 7 THEN '%4$s'::uuid WHEN 13 THEN '%5$s'::uuid ELSE '%3$s'::uuid END AS template,
                CASE WHEN i < 100 THEN 'rare' ELSE 'history-' || i %% 20 END AS workflow,
                CASE WHEN i < 100 THEN 'rare' ELSE 'team-' || i / 400 %% 20 END AS team
                FROM generate_series(0, %2$d - 1) i) n""";

    private static final List<String> COPY = List.of(
            "SET session_replication_role = replica",
            """
            INSERT INTO ar_runs (id, status, queue, priority, epoch, last_seq, cancel_requested, pause_requested, recoveries,
                woken, claimed_at, workflow, version, created_at, started_at, finished_at)
            SELECT m.id, r.status, r.queue, r.priority, r.epoch, r.last_seq, r.cancel_requested, r.pause_requested,
                r.recoveries, r.woken, r.claimed_at - r.created_at + m.at, m.workflow, r.version, m.at,
                r.started_at - r.created_at + m.at, r.finished_at - r.created_at + m.at
            FROM made m JOIN ar_runs r ON r.id = m.template ORDER BY m.i""",
            """
            INSERT INTO ar_run_details (run_id, labels)
            SELECT m.id, '{"team":"' || m.team || '"}' FROM made m ORDER BY m.i""",
            "INSERT INTO ar_run_labels (label, value, run_id) SELECT 'team', m.team, m.id FROM made m ORDER BY m.i",
            """
            INSERT INTO ar_steps (run_id, id, name, kind, status, attempts, started_seq, outcome_seq, created_at, started_at,
                finished_at)
            SELECT m.id, s.id, s.name, s.kind, s.status, s.attempts, s.started_seq, s.outcome_seq,
                s.created_at - r.created_at + m.at, s.started_at - r.created_at + m.at, s.finished_at - r.created_at + m.at
            FROM made m JOIN ar_runs r ON r.id = m.template JOIN ar_steps s ON s.run_id = r.id ORDER BY m.i""",
            """
            INSERT INTO ar_events (id, run_id, seq, type, step_id, payload, actor, created_at)
            SELECT nextval('ar_event_ids'), c.* FROM (
                SELECT m.id, e.seq, e.type, e.step_id, e.payload, e.actor, e.created_at - r.created_at + m.at
                FROM made m JOIN ar_runs r ON r.id = m.template JOIN ar_events e ON e.run_id = r.id
                ORDER BY m.i, e.seq) c""",
            "SET session_replication_role = DEFAULT",
            "DROP TABLE made",
            "VACUUM (ANALYZE)",
            "CHECKPOINT");

    private HistoryRows() {}

    /** Fills a store that has none yet. Afterwards its statistics are up to date, as autovacuum would leave them. */
    static void fill(PostgresDatabase database, int runs) throws Exception {
        String choose;
        try (AgentRunner runner = AgentRunner.builder()
                .store(database.store())
                .workflow(NoOpRuns.THREE_STEPS)
                .workflow(FAILS)
                .workflow(WAITS)
                .build()) {
            choose = CHOOSE.formatted(
                    SPAN.toSeconds(),
                    runs,
                    ended(runner.submit(NoOpRuns.THREE_STEPS, 1), RunStatus.COMPLETED),
                    ended(runner.submit(FAILS, 1), RunStatus.FAILED),
                    canceled(runner.submit(WAITS, 1)));
        }
        try (Connection connection = database.connect()) {
            execute(connection, choose);
            for (String statement : COPY) {
                execute(connection, statement);
            }
        }
    }

    private static RunId canceled(RunHandle run) throws InterruptedException {
        run.cancel("no longer wanted");
        return ended(run, RunStatus.CANCELED);
    }

    private static RunId ended(RunHandle run, RunStatus wanted) throws InterruptedException {
        RunStatus status = run.awaitEnd(PATIENCE);
        if (status != wanted) {
            throw new IllegalStateException("Run " + run.id() + " was to be " + wanted + ", but is " + status);
        }
        return run.id();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
