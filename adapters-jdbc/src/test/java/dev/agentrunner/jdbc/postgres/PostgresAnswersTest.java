package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What drivers, hosts and operators do to the answers of the database. */
@Timeout(60)
class PostgresAnswersTest {

    private final HikariDataSource direct = TestDatabases.migrated();
    private final String url = direct.getJdbcUrl();
    private final AtomicBoolean late = new AtomicBoolean();

    @AfterEach
    void drop() {
        direct.close();
        EmbeddedPostgresServer.shared().drop(url);
    }

    @Test
    void a_driver_that_fetches_rows_in_portions_loses_no_claim() {
        try (HikariDataSource pool = TestDatabases.pool(url + "&defaultRowFetchSize=2");
                PostgresStore store = PostgresStore.on(pool)) {
            Runs runs = new Runs(store);
            List<RunId> queued = List.of(runs.queued(), runs.queued(), runs.queued(), runs.queued(), runs.queued());
            assertThat(runs.claimed(Ids.node())).containsExactlyInAnyOrderElementsOf(queued);
        }
    }

    /** PostgreSQL cancels behind a commit that is done, where it also writes how long the statement took. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&autosave=always"})
    void an_error_that_comes_behind_the_commit_is_not_taken_for_a_refusal(String habit) {
        try (HikariDataSource pool = TestDatabases.pool(url + habit);
                PostgresStore store = PostgresStore.on(erring(pool))) {
            Runs runs = new Runs(store);
            late.set(true);
            RunId run = runs.queued();
            assertThat(late).isFalse();
            assertThat(store.log().read(run, 0, 10)).hasSize(1);
            assertThat(store.resolvedCommits()).isEqualTo(1);
        }
    }

    @Test
    void that_a_run_is_new_and_that_it_is_ready_is_told_in_one_message() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                PostgresStore store = PostgresStore.on(direct)) {
            statement.execute("DO $$ BEGIN EXECUTE 'LISTEN ' || quote_ident(" + NodeLine.CHANNEL + "); END $$");
            Runs runs = new Runs(store);
            for (int i = 0; i < 5; i++) {
                String run = runs.queued().toString();
                assertThat(mentioning(connection, run)).contains("|R|");
            }
        }
    }

    private static String mentioning(Connection connection, String run) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (true) {
            for (PGNotification each : postgres.getNotifications(30_000)) {
                if (each.getParameter().contains(run)) {
                    return each.getParameter();
                }
            }
        }
    }

    /** Cancels the next commit of a batch when it is done. */
    private DataSource erring(DataSource whole) {
        return proxy(
                DataSource.class,
                whole,
                (method, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, this::watch)
                        : result);
    }

    private Object watch(String text, Object result) {
        boolean commit = text.contains("INSERT INTO ar_events") && text.endsWith("COMMIT");
        return commit && result instanceof PreparedStatement statement
                ? proxy(PreparedStatement.class, statement, this::cancel)
                : result;
    }

    private Object cancel(String text, Object result) throws SQLException {
        if (text.equals("execute") && late.getAndSet(false)) {
            throw new SQLException("ERROR: canceling statement due to user request", "57014");
        }
        return result;
    }

    /** Sees a call, by its first argument or else its name, and what it gave. */
    private interface Seen {
        Object after(String call, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T whole, Seen seen) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean says = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
            return seen.after(says ? (String) arguments[0] : method.getName(), invoke(method, whole, arguments));
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
