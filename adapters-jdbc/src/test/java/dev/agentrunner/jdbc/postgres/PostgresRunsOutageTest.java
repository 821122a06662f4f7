package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.CuttableProxy.Commit;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.error.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of connections and of the server: no run fails, and none does anything twice. */
@Timeout(300)
class PostgresRunsOutageTest {

    @Test
    void runs_outlive_connections_that_are_killed_again_and_again() throws Exception {
        try (HikariDataSource pool = TestDatabases.migrated();
                HikariDataSource killer = TestDatabases.pool(pool.getJdbcUrl());
                PostgresStore store = PostgresStore.on(pool);
                Clients clients = new Clients(store, 12)) {
            for (int i = 0; i < 15; i++) {
                clients.awaitProgress(4);
                RawPostgres.number(killer, PostgresOutageTest.KILL);
            }
            clients.awaitProgress(4);
            clients.finish(killer);
        }
    }

    @Test
    void runs_outlive_a_network_that_refuses_connections_and_cuts_them_at_commit() throws Exception {
        try (HikariDataSource direct = TestDatabases.migrated();
                CuttableProxy proxy =
                        new CuttableProxy(EmbeddedPostgresServer.shared().port());
                HikariDataSource pool = TestDatabases.pool(proxy.through(direct.getJdbcUrl()));
                PostgresStore store = PostgresStore.on(pool);
                Clients clients = new Clients(store, 12)) {
            for (int i = 0; i < 2; i++) {
                clients.awaitProgress(10);
                proxy.down();
                assertThatThrownBy(() -> store.catalog().counts()).isInstanceOf(StoreUnavailableException.class);
                proxy.up();
            }
            for (int i = 0; i < 12; i++) {
                clients.awaitProgress(3);
                proxy.next(i % 2 == 0 ? Commit.LOST : Commit.UNANSWERED);
            }
            clients.awaitProgress(10);
            clients.finish(direct);
            assertThat(proxy.cut()).isGreaterThanOrEqualTo(11);
        }
    }

    @Test
    void runs_outlive_a_server_that_crashes_and_comes_back() throws Exception {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
                HikariDataSource pool = TestDatabases.pool(server.newDatabase());
                PostgresStore store = PostgresStore.on(pool);
                Clients clients = new Clients(store, 12)) {
            for (int i = 0; i < 2; i++) {
                clients.awaitProgress(10);
                server.crash();
                assertThatThrownBy(() -> store.catalog().counts()).isInstanceOf(StoreUnavailableException.class);
                server.restart();
            }
            clients.awaitProgress(10);
            clients.finish(pool);
        }
    }
}
