package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw SQL that no part of the library would write: the database itself refuses it, and says which invariant it breaks. */
class PostgresRefusalsTest {

    private static final String EVENT = "INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at)"
            + " VALUES (%s, ?, ?, 'LOG', '{}', 'system', now())";
    private static final String NEXT_ID = "nextval('ar_event_ids')";

    private static HikariDataSource pool = new HikariDataSource();
    private static @Nullable PostgresStore store;
    private static @Nullable Runs shared;

    private final Runs runs = Objects.requireNonNull(shared);

    private Claim live = new Claim(Ids.run(), 0);
    private RunId ended = Ids.run();

    @BeforeAll
    static void openStore() {
        pool = TestDatabases.migrated();
        store = PostgresStore.on(pool);
        shared = new Runs(store);
    }

    @AfterAll
    static void closeStore() {
        Objects.requireNonNull(store).close();
        pool.close();
    }

    /** One run goes on, with three events and a step that runs; the other has ended, with a step that was completed. */
    @BeforeEach
    void write() {
        live = runs.running(Ids.node());
        runs.appended(runs.holding(live).step(Rows.step("live", StepStatus.RUNNING, 2, 3)));
        Claim ending = runs.running(Ids.node());
        runs.appended(runs.finishing(ending, RunStatus.COMPLETED)
                .step(Rows.step("ended", StepStatus.COMPLETED, 3))
                .spent("ended", Rows.spent(1, 2, 3, "0.1"))
                .artifact(Rows.artifact("kept")));
        ended = ending.run();
    }

    private static void refused(String invariant, String sql, Object... values) {
        assertThatThrownBy(() -> RawPostgres.update(pool, sql, values))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(invariant);
    }

    @Test
    void inv01_run_status() {
        refused(
                "INV-1",
                "UPDATE ar_runs SET status = 'QUEUED' WHERE id = ?",
                live.run().value());
        refused(
                "INV-1",
                "UPDATE ar_runs SET status = 'ODD' WHERE id = ?",
                live.run().value());
        refused(
                "INV-1",
                "UPDATE ar_runs SET status = 'FAILED' WHERE id = ?",
                live.run().value());
        for (String change : List.of(
                "status = 'RUNNING', finished_at = NULL",
                "status = 'FAILED'",
                "ready_at = now()",
                "last_seq = last_seq + 1",
                "epoch = epoch + 1")) {
            refused("INV-1", "UPDATE ar_runs SET " + change + " WHERE id = ?", ended.value());
        }
    }

    @Test
    void inv02_steps() {
        for (String change :
                List.of("status = 'PENDING'", "status = 'SKIPPED'", "status = 'ODD'", "attempts = attempts - 1")) {
            refused(
                    "INV-2",
                    "UPDATE ar_steps SET " + change + " WHERE run_id = ?",
                    live.run().value());
        }
        for (String change : List.of("status = 'RUNNING'", "outcome_seq = 1", "attempts = 9", "name = 'other'")) {
            refused("INV-2", "UPDATE ar_steps SET " + change + " WHERE run_id = ?", ended.value());
        }
    }

    @Test
    void inv03_events_are_append_only() {
        refused("INV-3", "UPDATE ar_events SET payload = '{}' WHERE run_id = ?", ended.value());
        refused("INV-3", "UPDATE ar_events SET payload = payload WHERE false");
        refused("INV-3", "DELETE FROM ar_events WHERE run_id = ?", ended.value());
        for (String table : List.of("ar_events", "ar_runs", "ar_steps", "ar_usage", "ar_artifacts", "ar_tombstones")) {
            refused("INV-3", "TRUNCATE " + table);
        }
    }

    @Test
    void inv03_only_what_has_a_tombstone_is_deleted() throws SQLException {
        refused("INV-3", "DELETE FROM ar_steps WHERE run_id = ?", ended.value());
        refused("INV-3", "DELETE FROM ar_usage WHERE run_id = ?", ended.value());
        refused("INV-3", "DELETE FROM ar_artifacts WHERE run_id = ?", ended.value());
        refused("INV-3", "DELETE FROM ar_runs WHERE id = ?", ended.value());
        refused("INV-3", "DELETE FROM ar_runs");
        String bury = "INSERT INTO ar_tombstones SELECT id, workflow, version, status, last_seq, now(), now()"
                + " FROM ar_runs WHERE id = ?";
        refused("INV-3", bury, live.run().value());
        assertThat(RawPostgres.update(pool, bury, ended.value())).isOne();
        refused("INV-3", "UPDATE ar_tombstones SET status = 'FAILED' WHERE run_id = ?", ended.value());
        refused("INV-3", "DELETE FROM ar_tombstones WHERE run_id = ?", ended.value());
        refused(
                "INV-3",
                "DELETE FROM ar_events WHERE run_id IN (?, ?)",
                ended.value(),
                live.run().value());
        assertThat(RawPostgres.update(pool, "DELETE FROM ar_events WHERE run_id = ?", ended.value()))
                .isEqualTo(3);
        assertThat(RawPostgres.update(pool, "DELETE FROM ar_runs WHERE id = ?", ended.value()))
                .isOne();
    }

    @Test
    void inv03_a_purge_leaves_no_row() throws SQLException {
        for (String table : List.of("ar_events", "ar_steps", "ar_usage", "ar_artifacts", "ar_run_details")) {
            assertThat(rows(table)).as(table).isPositive();
        }
        assertThat(Objects.requireNonNull(store).retention().purge(ended)).isTrue();
        for (String table : List.of("ar_events", "ar_steps", "ar_usage", "ar_artifacts", "ar_run_details")) {
            assertThat(rows(table)).as(table).isZero();
        }
    }

    private long rows(String table) throws SQLException {
        return RawPostgres.number(pool, "SELECT count(*) FROM " + table + " WHERE run_id = ?", ended.value());
    }

    @Test
    void inv04_events_stand_in_order() throws SQLException {
        refused("INV-4", EVENT.formatted(NEXT_ID), live.run().value(), 3L);
        refused("INV-4", EVENT.formatted(NEXT_ID), live.run().value(), 5L);
        refused("INV-4", EVENT.formatted(NEXT_ID), live.run().value(), 0L);
        refused("INV-4", EVENT.formatted("-1"), live.run().value(), 4L);
        refused("INV-4", EVENT.formatted(NEXT_ID), Ids.run().value(), 1L);
        refused("INV-4", EVENT.formatted(NEXT_ID), Ids.run().value(), 2L);
        refused(
                "INV-4",
                "UPDATE ar_runs SET last_seq = last_seq - 1 WHERE id = ?",
                live.run().value());
        assertThat(RawPostgres.update(pool, EVENT.formatted(NEXT_ID), live.run().value(), 4L))
                .isOne();
    }

    @Test
    void a_key_is_given_out_and_revoked_once() throws SQLException {
        AccessKeys keys = Objects.requireNonNull(store).keys();
        String id = Ids.name("key");
        keys.add(new AccessKey(id, "n", Role.VIEWER, Instant.EPOCH, null), "0".repeat(64));
        for (String change : List.of(
                "role = 'ADMIN'",
                "revoked_at = NULL",
                "role = 'ADMIN', revoked_at = now()",
                "name = 'other', revoked_at = now()",
                "sha256 = repeat('1', 64), revoked_at = now()",
                "id = 'other', revoked_at = now()",
                "created_at = now(), revoked_at = now()")) {
            refused("keys:", "UPDATE ar_keys SET " + change + " WHERE id = ?", id);
        }
        assertThat(RawPostgres.update(pool, "UPDATE ar_keys SET revoked_at = now() WHERE id = ?", id))
                .isOne();
        for (String change : List.of("revoked_at = NULL", "revoked_at = now() + interval '1 s'")) {
            refused("keys:", "UPDATE ar_keys SET " + change + " WHERE id = ?", id);
        }
        refused("keys:", "DELETE FROM ar_keys WHERE id = ?", id);
        refused("keys:", "TRUNCATE ar_keys");
        assertThat(keys.find(id).orElseThrow().key().isRevoked()).isTrue();
    }

    @Test
    void the_audit_trail_is_append_only() {
        AuditTrail audit = Objects.requireNonNull(store).audit();
        audit.record(new AuditEntry(Actor.SYSTEM, "run_purge", "t", "ok", null, Json.EMPTY));
        refused("audit:", "UPDATE ar_audit SET actor = 'somebody else'");
        refused("audit:", "UPDATE ar_audit SET actor = actor WHERE false");
        refused("audit:", "DELETE FROM ar_audit");
        refused("audit:", "TRUNCATE ar_audit");
        assertThat(audit.read(0, 10)).hasSize(1);
    }

    @Test
    void inv05_a_run_keeps_its_beginning() {
        refused(
                "INV-5",
                "UPDATE ar_runs SET created_at = now() + interval '1 s' WHERE id = ?",
                live.run().value());
    }

    @Test
    void inv06_claims() {
        refused(
                "INV-6",
                "UPDATE ar_runs SET epoch = epoch - 1 WHERE id = ?",
                live.run().value());
        refused(
                "INV-6",
                "UPDATE ar_runs SET ready_at = now() WHERE id = ?",
                live.run().value());
    }

    @Test
    void inv07_recoveries() throws SQLException {
        RawPostgres.update(
                pool,
                "UPDATE ar_runs SET recoveries = 2 WHERE id = ?",
                live.run().value());
        refused(
                "INV-7",
                "UPDATE ar_runs SET recoveries = 1 WHERE id = ?",
                live.run().value());
    }

    @Test
    void inv11_one_run_per_key() {
        RunId keyed = runs.queued(runs.spec(0, Ids.name("key")), Ready.now());
        refused(
                "INV-11",
                "INSERT INTO ar_run_details (run_id, labels, idempotency_key)"
                        + " SELECT ?, labels, idempotency_key FROM ar_run_details WHERE run_id = ?",
                Ids.run().value(),
                keyed.value());
    }
}
