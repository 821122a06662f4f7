package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of connections and of the server: no commit is lost, and none is written twice. */
@Timeout(180)
class PostgresOutageTest {

    static final String KILL = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @Test
    void killed_connections_cost_nothing() throws Exception {
        try (HikariDataSource pool = TestDatabases.migrated();
                HikariDataSource killer = TestDatabases.pool(pool.getJdbcUrl());
                PostgresStore store = PostgresStore.on(pool)) {
            Writers writers = new Writers(store, 8);
            for (int i = 0; i < 15; i++) {
                writers.awaitProgress(50);
                RawPostgres.number(killer, KILL);
            }
            writers.awaitProgress(50);
            writers.finish();
        }
    }

    /** Half of these commits were done by the server and half were not, and the writer cannot know which. */
    @Test
    void a_connection_cut_at_commit_leaves_no_doubt() throws Exception {
        try (HikariDataSource direct = TestDatabases.migrated();
                CuttableProxy proxy =
                        new CuttableProxy(EmbeddedPostgresServer.shared().port());
                HikariDataSource pool = TestDatabases.pool(proxy.through(direct.getJdbcUrl()));
                PostgresStore store = PostgresStore.on(pool)) {
            Writers writers = new Writers(store, 8);
            for (int i = 0; i < 20; i++) {
                writers.awaitProgress(30);
                proxy.next(i % 2 == 0 ? CuttableProxy.Commit.LOST : CuttableProxy.Commit.UNANSWERED);
            }
            writers.awaitProgress(100);
            writers.finish();
            assertThat(proxy.cut()).isGreaterThanOrEqualTo(19);
            assertThat(store.resolvedCommits())
                    .as("commits that were asked for by transaction id")
                    .isGreaterThanOrEqualTo(19);
        }
    }

    @Test
    void while_connections_are_refused_appends_wait_and_all_else_says_so() throws Exception {
        try (HikariDataSource direct = TestDatabases.migrated();
                CuttableProxy proxy =
                        new CuttableProxy(EmbeddedPostgresServer.shared().port());
                HikariDataSource pool = TestDatabases.pool(proxy.through(direct.getJdbcUrl()));
                PostgresStore store = PostgresStore.on(pool)) {
            Runs runs = new Runs(store);
            var claim = runs.running(Ids.node());

            proxy.down();
            CompletableFuture<AppendOutcome> waiting =
                    store.log().append(runs.holding(claim).log("waits").commit());
            List<ThrowingCallable> calls = List.of(
                    () -> store.log().read(claim.run(), 0, 10),
                    () -> store.log().feed(0, 10),
                    () -> store.catalog().run(claim.run()),
                    () -> runs.claim(Ids.node()),
                    () -> store.queue().beat(new NodeBeat(Ids.node(), 1)),
                    () -> store.queue().recover(Ids.node(), Duration.ofHours(1)),
                    () -> store.retention().purge(claim.run()));
            calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(StoreUnavailableException.class));
            assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

            proxy.up();
            assertThat(waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
            assertThat(store.log().read(claim.run(), 0, 10)).hasSize(3);
        }
    }

    @Test
    void a_server_that_crashes_and_comes_back_has_every_commit_once() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
                HikariDataSource pool = TestDatabases.pool(server.newDatabase());
                PostgresStore store = PostgresStore.on(pool)) {
            Writers writers = new Writers(store, 8);
            for (int i = 0; i < 2; i++) {
                writers.awaitProgress(100);
                server.crash();
                assertThatThrownBy(() -> store.catalog().counts()).isInstanceOf(StoreUnavailableException.class);
                server.restart();
            }
            writers.awaitProgress(100);
            writers.finish();
        }
    }

    /** A crash forgets transactions that nobody committed, and the server gives their ids to others. */
    @Test
    void a_commit_that_a_crash_swallowed_is_not_taken_for_another_one_with_its_transaction_id() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
                HikariDataSource direct = TestDatabases.pool(server.newDatabase());
                CuttableProxy proxy = new CuttableProxy(server.port());
                HikariDataSource pool = TestDatabases.pool(proxy.through(direct.getJdbcUrl()));
                PostgresStore store = PostgresStore.on(pool)) {
            Runs runs = new Runs(store);
            var claim = runs.running(Ids.node());
            server.freezeBackground();

            proxy.next(CuttableProxy.Commit.STRANDED);
            CompletableFuture<AppendOutcome> waiting =
                    store.log().append(runs.holding(claim).log("lost").commit());
            RawPostgres.await("the commit was cut off", () -> proxy.cut() == 1);
            long swallowed = RawPostgres.number(direct, "SELECT max(backend_xid::text::int8) FROM pg_stat_activity");
            server.crash();
            server.restart();
            long next = 0;
            while (next < swallowed) {
                try (Connection connection = DriverManager.getConnection(direct.getJdbcUrl())) {
                    next = RawPostgres.number(connection, "SELECT pg_current_xact_id()::text::int8");
                }
            }
            assertThat(next).as("the id was given out again").isEqualTo(swallowed);
            proxy.up();

            assertThat(waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(AppendOutcome.Appended.class);
            assertThat(store.log().read(claim.run(), 0, 10)).hasSize(3);
        }
    }
}
