package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database refuses by itself what would break an invariant, whoever writes it. */
class SqliteRefusalsTest {

    private static final String SUM = "1111111111111111111111111111111111111111111111111111111111111111";

    @TempDir
    Path folder;

    private RawSql sql;
    private RunId live;
    private RunId done;
    private RunId purged;

    /** Events 1 to 6; step#1 COMPLETED, retried RUNNING with 2 attempts, one artifact. */
    @BeforeEach
    void a_live_a_finished_and_a_purged_run() {
        Path file = folder.resolve("runs.db");
        sql = RawSql.on(file);
        live = TestRuns.id();
        done = TestRuns.id();
        purged = TestRuns.id();
        try (SqliteStore store = SqliteStore.at(SqliteFiles.migrated(file))) {
            for (RunId run : List.of(live, done, purged)) {
                TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE));
                TestRuns.append(store, TestRuns.step(run, 1));
                TestRuns.append(store, retrying(TestRuns.step(run, 2)));
            }
            TestRuns.append(store, TestRuns.completed(done, 6));
            TestRuns.append(store, TestRuns.completed(purged, 6));
            store.retention().purge(purged);
            Instant made = Instant.ofEpochMilli(1);
            store.keys().add(new AccessKey("good", "n", Role.VIEWER, made, null), "0".repeat(64));
            store.keys().add(new AccessKey("revoked", "n", Role.VIEWER, made, made), "0".repeat(64));
            store.audit().record(new AuditEntry(Actor.SYSTEM, "run_purge", "t", "ok", null, Json.EMPTY));
        }
    }

    private static Commit retrying(Commit commit) {
        StepRow step = new StepRow(new StepId("retried"), "retried", "step", StepStatus.RUNNING, 2, 5, 0);
        ArtifactRow artifact = new ArtifactRow(
                new ArtifactId(commit.run().value()),
                null,
                "a",
                "document",
                "text/plain",
                new Blob(1, "0".repeat(64), "x:"));
        Map<StepId, Spending> spent = Map.of(step.id(), new Spending(1, new Usage(2, 3), new BigDecimal("0.1")));
        return new Commit(
                commit.run(),
                commit.fence(),
                commit.expectedSeq(),
                List.of(TestRuns.event(EventType.STEP_STARTED, step.id()), TestRuns.event(EventType.LOG, null)),
                new Projection(TestRuns.RUNNING, Ready.held(), List.of(step), List.of(artifact), List.of(), spent));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INV-3 | UPDATE ar_events SET payload = '{}' WHERE run_id = ':live'",
                "INV-3 | UPDATE ar_events SET created_at = 0 WHERE run_id = ':done'",
                "INV-3 | DELETE FROM ar_events WHERE run_id = ':live' AND seq = 6",
                "INV-3 | DELETE FROM ar_events WHERE run_id = ':done'",
                "INV-3 | DELETE FROM ar_steps WHERE run_id = ':live'",
                "INV-3 | DELETE FROM ar_runs WHERE id = ':live'",
                "INV-3 | DELETE FROM ar_runs WHERE id = ':done'",
                "INV-3 | DELETE FROM ar_run_details WHERE run_id = ':live'",
                "INV-3 | UPDATE ar_run_details SET idempotency_key = 'k' WHERE run_id = ':live'",
                "INV-3 | DELETE FROM ar_artifacts WHERE run_id = ':live'",
                "INV-3 | DELETE FROM ar_usage WHERE run_id = ':live'",
                "INV-3 | DELETE FROM ar_usage WHERE run_id = ':done'",
                "INV-10 | UPDATE ar_artifacts SET sha256 = 'x' WHERE run_id = ':live'",
                "INV-10 | INSERT OR REPLACE INTO ar_artifacts SELECT position, id, run_id, step_id, 'b', kind, media_type, size, sha256, uri, created_at FROM ar_artifacts WHERE run_id = ':live'",
                "INV-3 | INSERT INTO ar_tombstones SELECT id, workflow, version, status, last_seq, 0, 0 FROM ar_runs WHERE id = ':live'",
                "INV-3 | INSERT INTO ar_tombstones VALUES ('unknown', 'w', '1', 'COMPLETED', 1, 0, 0)",
                "INV-3 | UPDATE ar_tombstones SET last_seq = 1 WHERE run_id = ':purged'",
                "INV-3 | DELETE FROM ar_tombstones WHERE run_id = ':purged'",
                "audit: | UPDATE ar_audit SET actor = 'somebody else'",
                "audit: | UPDATE ar_audit SET details = details",
                "audit: | DELETE FROM ar_audit",
                "audit: | INSERT OR REPLACE INTO ar_audit SELECT id, 'other', action, target, outcome, address, details, created_at FROM ar_audit",
                "audit: | INSERT INTO ar_audit SELECT id + 2, actor, action, target, outcome, address, details, created_at FROM ar_audit",
                "keys: | UPDATE ar_keys SET role = 'ADMIN' WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET role = 'ADMIN', revoked_at = 5 WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET sha256 = '" + SUM + "', revoked_at = 5 WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET id = 'other', revoked_at = 5 WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET name = 'other', revoked_at = 5 WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET created_at = 0, revoked_at = 5 WHERE id = 'good'",
                "keys: | UPDATE ar_keys SET revoked_at = NULL WHERE id = 'revoked'",
                "keys: | UPDATE ar_keys SET revoked_at = 2 WHERE id = 'revoked'",
                "keys: | DELETE FROM ar_keys WHERE id = 'revoked'",
                "keys: | INSERT OR REPLACE INTO ar_keys SELECT id, name, 'ADMIN', sha256, created_at, NULL FROM ar_keys WHERE id = 'revoked'",
                "CHECK | INSERT INTO ar_keys SELECT 'new', name, 'GOD', sha256, created_at, NULL FROM ar_keys WHERE id = 'good'",
                "CHECK | INSERT INTO ar_sessions VALUES ('the token itself', 'good', 5)",
                "INV-1 | UPDATE ar_runs SET status = 'QUEUED' WHERE id = ':live'",
                "INV-1 | UPDATE ar_runs SET status = 'RUNNING', finished_at = NULL WHERE id = ':done'",
                "INV-1 | UPDATE ar_runs SET status = 'FAILED' WHERE id = ':done'",
                "INV-1 | UPDATE ar_runs SET ready_at = 1 WHERE id = ':done'",
                "INV-1 | UPDATE ar_runs SET status = 'COMPLETED' WHERE id = ':live'",
                "INV-1 | UPDATE ar_runs SET started_at = NULL WHERE id = ':live'",
                "INV-1 | UPDATE ar_runs SET workflow = 'other' WHERE id = ':live'",
                "INV-1 | UPDATE ar_runs SET recoveries = recoveries - 1 WHERE id = ':live'",
                "CHECK | UPDATE ar_runs SET status = 'ASLEEP' WHERE id = ':live'",
                "CHECK | UPDATE ar_runs SET waiting = 'GODOT' WHERE id = ':live'",
                "INV-6 | UPDATE ar_runs SET epoch = 0 WHERE id = ':live'",
                "INV-6 | UPDATE ar_runs SET node = 'thief' WHERE id = ':live'",
                "INV-6 | UPDATE ar_runs SET ready_at = 1 WHERE id = ':live'",
                "INV-6 | UPDATE ar_runs SET node = NULL, status = 'FAILED', finished_at = 1, ready_at = 1 WHERE id = ':live'",
                "INV-4 | UPDATE ar_runs SET last_seq = 5 WHERE id = ':live'",
                "INV-4 | UPDATE ar_runs SET last_seq = 7 WHERE id = ':live'",
                "INV-4 | INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES (':live', 8, 'LOG', '{}', 'system', 0)",
                "INV-4 | INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES (':live', 6, 'LOG', '{}', 'system', 0)",
                "INV-4 | INSERT OR REPLACE INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES (':live', 6, 'LOG', '{}', 'system', 0)",
                "INV-3 | INSERT OR REPLACE INTO ar_events (id, run_id, seq, type, payload, actor, created_at) VALUES (1, ':live', 7, 'LOG', '{}', 'system', 0)",
                "INV-4 | INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at) VALUES (-5, ':live', 7, 'LOG', '{}', 'system', 0)",
                "INV-4 | INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at) VALUES ((SELECT seq FROM sqlite_sequence WHERE name = 'ar_events'), ':live', 7, 'LOG', '{}', 'system', 0)",
                "INV-1 | INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES (':done', 8, 'LOG', '{}', 'system', 0)",
                "INV-4 | INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES ('unknown', 2, 'LOG', '{}', 'system', 0)",
                "INV-3 | INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at) VALUES (':purged', 1, 'LOG', '{}', 'system', 0)",
                "INV-1 | INSERT OR REPLACE INTO ar_runs SELECT * FROM ar_runs WHERE id = ':live'",
                "INV-3 | INSERT INTO ar_runs SELECT ':purged', status, epoch, last_seq, finished_at, waiting, wake_at, ready_at, queue, priority, node, cancel_requested, pause_requested, recoveries, woken, claimed_at, workflow, version, created_at, started_at FROM ar_runs WHERE id = ':live'",
                "INV-2 | UPDATE ar_steps SET kind = 'other' WHERE run_id = ':live' AND status = 'COMPLETED'",
                "INV-2 | UPDATE ar_steps SET status = 'RUNNING', finished_at = NULL WHERE run_id = ':live' AND status = 'COMPLETED'",
                "INV-2 | UPDATE ar_steps SET status = 'PENDING' WHERE run_id = ':live' AND status = 'RUNNING'",
                "INV-2 | UPDATE ar_steps SET status = 'SKIPPED', finished_at = 1 WHERE run_id = ':live' AND status = 'RUNNING'",
                "INV-2 | UPDATE ar_steps SET attempts = 1 WHERE run_id = ':live' AND status = 'RUNNING'",
                "INV-2 | UPDATE ar_steps SET id = 'other' WHERE run_id = ':live' AND status = 'RUNNING'",
                "INV-2 | UPDATE ar_steps SET status = 'FAILED' WHERE run_id = ':live' AND status = 'RUNNING'",
                "CHECK | UPDATE ar_steps SET status = 'LOST', finished_at = 1 WHERE run_id = ':live' AND status = 'RUNNING'",
                "INV-2 | INSERT OR REPLACE INTO ar_steps SELECT run_id, id, name, kind, 'RUNNING', attempts, started_seq, outcome_seq, created_at, started_at, NULL FROM ar_steps WHERE run_id = ':live' AND status = 'COMPLETED'",
                "INV-2 | INSERT OR REPLACE INTO ar_steps SELECT run_id, id, name, kind, status, 1, started_seq, outcome_seq, created_at, started_at, NULL FROM ar_steps WHERE run_id = ':live' AND status = 'RUNNING'",
            })
    void is_refused(String why, String statement) {
        assertThatThrownBy(() -> sql.run(named(statement))).hasMessageContaining(why);
    }

    /** So that the refusals above are not those of a database that refuses everything. */
    @Test
    void what_is_legal_is_accepted() {
        assertThatCode(
                        () -> sql.run(
                                named("UPDATE ar_steps SET attempts = 3 WHERE run_id = ':live' AND status = 'RUNNING'"),
                                named("UPDATE ar_runs SET epoch = 2, node = 'heir', recoveries = 1 WHERE id = ':live'"),
                                named("INSERT INTO ar_events (run_id, seq, type, payload, actor, created_at)"
                                        + " VALUES (':live', 7, 'LOG', '{}', 'system', 0)"),
                                named("UPDATE ar_runs SET last_seq = 7 WHERE id = ':live'"),
                                "UPDATE ar_keys SET revoked_at = 5 WHERE id = 'good'",
                                "INSERT INTO ar_audit SELECT id + 1, actor, action, target, outcome, address, details, 2 FROM ar_audit"))
                .doesNotThrowAnyException();
        assertThat(sql.number(named("SELECT count(*) FROM ar_tombstones WHERE run_id = ':purged'")))
                .isOne();
        for (String table : List.of("ar_events", "ar_steps", "ar_usage", "ar_artifacts", "ar_run_details")) {
            String count = "SELECT count(*) FROM " + table + " WHERE run_id = ";
            assertThat(sql.number(named(count + "':live'"))).as(table).isPositive();
            assertThat(sql.number(named(count + "':purged'"))).as(table).isZero();
        }
    }

    private String named(String statement) {
        return statement
                .replace(":live", live.toString())
                .replace(":done", done.toString())
                .replace(":purged", purged.toString());
    }
}
