package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fixture.Runs;
import java.io.IOException;

/** A process that holds a run until it is killed. */
public final class BeatingChild {

    static final NodeId NODE = new NodeId("child");

    private BeatingChild() {}

    public static void main(String[] arguments) throws IOException {
        try (HikariDataSource pool = TestDatabases.pool(arguments[0])) {
            PostgresStore store = PostgresStore.on(pool);
            store.queue().beat(new NodeBeat(NODE, 1));
            System.out.println(new Runs(store).running(NODE).run());
            System.in.read();
        }
    }
}
