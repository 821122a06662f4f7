package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Runs;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A process that holds a run until it is killed. */
public final class BeatingChild {

    static final NodeId NODE = new NodeId("child");

    private static final String LOCKED = "SELECT count(*) FROM ar_nodes WHERE id = ? AND locked";

    private BeatingChild() {}

    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = TestDatabases.pool(arguments[0])) {
            pool.setConnectionTimeout(30_000);
            PostgresStore store = PostgresStore.on(pool);
            beatUntilLocked(store, NODE, pool);
            System.out.println(new Runs(store).running(NODE).run());
            System.in.read();
        }
    }

    /** A node takes its lock in the background, and the next beat says that it has it. */
    static void beatUntilLocked(PostgresStore store, NodeId node, DataSource database) {
        RawPostgres.await("the node held its lock", () -> {
            store.queue().beat(new NodeBeat(node, 1));
            try {
                return RawPostgres.number(database, LOCKED, node.value()) > 0;
            } catch (SQLException e) {
                return false;
            }
        });
    }
}
