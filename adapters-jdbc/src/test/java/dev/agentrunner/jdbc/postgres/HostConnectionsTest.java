package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.ds.PGSimpleDataSource;

/** A host's connections come back as they were lent, whatever its habits. */
class HostConnectionsTest {

    private static final String SESSION = "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            + " AND pid = pg_backend_pid()) + (SELECT count(*) FROM pg_listening_channels())"
            + " + (SELECT count(*) FROM pg_settings WHERE name IN ('lock_timeout', 'enable_seqscan') AND source = 'session')";

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<String> odd = new CopyOnWriteArrayList<>();

    private DataSource host(boolean autoCommit) {
        database.setUrl(EmbeddedPostgresServer.shared().newDatabase());
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(method, database, arguments);
            }
            Connection connection = database.getConnection();
            connection.setAutoCommit(autoCommit);
            most.accumulateAndGet(lent.incrementAndGet(), Math::max);
            return watched(connection, autoCommit);
        };
        return (DataSource) Proxy.newProxyInstance(
                HostConnectionsTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, handler);
    }

    private Connection watched(Connection connection, boolean autoCommit) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close") && !connection.isClosed()) {
                lent.decrementAndGet();
                look(connection, autoCommit);
            }
            return invoke(method, connection, arguments);
        };
        return (Connection) Proxy.newProxyInstance(
                HostConnectionsTest.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private void look(Connection connection, boolean autoCommit) throws SQLException {
        if (connection.getAutoCommit() != autoCommit) {
            odd.add("auto-commit is " + connection.getAutoCommit());
        }
        if (connection.getNetworkTimeout() != 0) {
            odd.add("reads time out");
        }
        if (connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
            odd.add("a transaction is open");
        }
        if (RawPostgres.number(connection, SESSION) != 0) {
            odd.add("the session holds locks, listens, or has settings of its own");
        }
        if (!autoCommit) {
            connection.rollback();
        }
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void they_are_given_back_as_they_were(boolean autoCommit) {
        try (PostgresStore store = PostgresStore.on(host(autoCommit))) {
            Runs runs = new Runs(store);
            runs.queued();
            store.queue().beat(new NodeBeat(Ids.node(), 1));
            runs.claim(Ids.node());
            store.log().feed(0, 10);
            store.retention().purge(runs.finished(RunStatus.COMPLETED));
            store.catalog().counts();
        }
        assertThat(odd).isEmpty();
        assertThat(lent).hasValue(0);
        assertThat(most.get()).as("connections in use at once").isLessThanOrEqualTo(5);
    }
}
