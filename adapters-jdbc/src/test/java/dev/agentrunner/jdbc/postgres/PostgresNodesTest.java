package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog.Subscription;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several nodes on one database: they hear of each other, and of each other's death. */
@Timeout(120)
class PostgresNodesTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final String HOLDERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private final HikariDataSource pool = TestDatabases.migrated();
    private final HikariDataSource other = TestDatabases.pool(pool.getJdbcUrl());
    private final PostgresStore here = PostgresStore.on(pool);
    private final PostgresStore there = PostgresStore.on(other);
    private final NodeId me = Ids.node();

    @AfterEach
    void close() {
        here.close();
        there.close();
        pool.close();
        other.close();
    }

    @Test
    void a_killed_process_is_noticed_at_once() throws Exception {
        String classes = Stream.of(
                        "target/test-classes",
                        "target/classes",
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classes,
                        BeatingChild.class.getName(),
                        pool.getJdbcUrl())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            RunId run = RunId.parse(said.readLine());
            assertThat(here.queue().recover(me, NEVER)).isEmpty();

            child.toHandle().destroyForcibly();
            child.waitFor();

            RawPostgres.await(
                    "the death was noticed",
                    () -> here.queue().recover(me, NEVER).equals(List.of(BeatingChild.NODE)));
            assertThat(here.catalog().run(run).orElseThrow().owner().node()).isNull();
            assertThat(here.catalog().run(run).orElseThrow().owner().epoch()).isEqualTo(2);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void a_node_whose_connection_broke_takes_its_lock_anew() throws SQLException {
        NodeId alice = Ids.node();
        BeatingChild.beatUntilLocked(there, alice, pool);
        Queue<Hint> heard = new ConcurrentLinkedQueue<>();
        try (Subscription following = there.log().follow(heard::add)) {
            assertThat(following).isNotNull();
            RawPostgres.number(
                    pool,
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

            RawPostgres.await("followers heard that hints may be lost", () -> heard.contains(new Hint.Lost()));
            RawPostgres.awaitRow(pool, "the lock was taken again", HOLDERS);
        }
        BeatingChild.beatUntilLocked(there, alice, pool);
        assertThat(here.queue().recover(me, NEVER)).isEmpty();
    }

    @Test
    void a_node_that_left_holds_no_lock() {
        NodeId alice = Ids.node();
        BeatingChild.beatUntilLocked(there, alice, pool);

        there.queue().leave(alice);

        RawPostgres.awaitRow(pool, "the lock was free", "SELECT 1 - (" + HOLDERS + ")");
        assertThat(here.queue().recover(me, NEVER)).isEmpty();
    }

    /** With a recovery that waited for locks, the one who recovers would beat too late, and die of it itself. */
    @Test
    void a_node_that_froze_within_a_transaction_holds_up_no_recovery() throws SQLException {
        Runs runs = new Runs(there);
        NodeId frozen = Ids.node();
        NodeId dead = Ids.node();
        List.of(frozen, dead).forEach(node -> there.queue().beat(new NodeBeat(node, 1)));
        Claim stuck = runs.running(frozen);
        Claim loose = runs.running(frozen);
        Claim left = runs.running(dead);
        try (Connection transaction = other.getConnection()) {
            transaction.setAutoCommit(false);
            RawPostgres.number(transaction, "SELECT 1 FROM ar_nodes WHERE id = ? FOR UPDATE", frozen.value());
            assertThat(here.queue().recover(me, Duration.ZERO)).containsExactly(dead);
            assertThat(there.queue().held(frozen)).containsOnlyKeys(stuck.run(), loose.run());
            transaction.rollback();

            RawPostgres.number(
                    transaction,
                    "SELECT 1 FROM ar_runs WHERE id = ? FOR NO KEY UPDATE",
                    stuck.run().value());
            assertThat(here.queue().recover(me, Duration.ZERO)).containsExactly(frozen);
            assertThat(there.queue().held(frozen)).containsOnlyKeys(stuck.run());
            assertThat(here.queue().recover(me, Duration.ZERO))
                    .as("nothing could be taken")
                    .isEmpty();
            transaction.rollback();
        }
        assertThat(here.queue().recover(me, Duration.ZERO)).containsExactly(frozen);
        assertThat(there.queue().held(frozen)).isEmpty();
        assertThat(runs.claim(me))
                .containsExactlyInAnyOrder(
                        new Claim(stuck.run(), 3), new Claim(loose.run(), 3), new Claim(left.run(), 3));
    }

    @Test
    void others_hear_of_changes_and_nobody_hears_an_echo() {
        Runs runs = new Runs(here);
        Queue<Hint> near = new ConcurrentLinkedQueue<>();
        Queue<Hint> far = new ConcurrentLinkedQueue<>();
        RawPostgres.await("both listened", () -> {
            try (Subscription listening = there.log().follow(far::add)) {
                assertThat(listening).isNotNull();
                runs.queued();
                RawPostgres.await("a moment passed", new Countdown(20));
                return !far.isEmpty();
            }
        });
        far.clear();
        try (Subscription nearby = here.log().follow(near::add);
                Subscription afar = there.log().follow(far::add)) {
            assertThat(nearby).isNotEqualTo(afar);
            RunId run = runs.queued(Ready.now());
            RawPostgres.await("the other heard", () -> far.contains(new Hint.Changed(run, 1)));
            RawPostgres.await("the other heard of work", () -> far.contains(new Hint.Ready()));

            // Told back by the other side, so that an echo of the first hint would have come before it.
            RunId answer = new Runs(there).queued();
            RawPostgres.await("the answer came", () -> near.contains(new Hint.Changed(answer, 1)));
            assertThat(Collections.frequency(List.copyOf(near), new Hint.Changed(run, 1)))
                    .isOne();
        }
    }

    @Test
    void work_that_a_node_leaves_behind_is_told_to_others() {
        Claim held = new Runs(here).running(me);
        Queue<Hint> far = new ConcurrentLinkedQueue<>();
        RawPostgres.await("the other listened", () -> {
            try (Subscription listening = there.log().follow(far::add)) {
                assertThat(listening).isNotNull();
                new Runs(here).queued();
                RawPostgres.await("a moment passed", new Countdown(20));
                return !far.isEmpty();
            }
        });
        RawPostgres.await("hints were through", new Countdown(20));
        far.clear();
        try (Subscription afar = there.log().follow(far::add)) {
            assertThat(afar).isNotNull();
            here.queue().leave(me);
            RawPostgres.await("the other heard of work", () -> far.contains(new Hint.Ready()));
        }
        assertThat(here.catalog().run(held.run()).orElseThrow().owner().node()).isNull();
    }
}
