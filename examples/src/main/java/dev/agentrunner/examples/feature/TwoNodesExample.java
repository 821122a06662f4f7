package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.workflow.Workflow;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Two nodes share the runs of one Postgres. Here both are in one JVM; usually each has its own. */
public final class TwoNodesExample {

    private static final int RUNS = 200;

    static final Workflow<Integer, String> WHERE = Workflow.named("where", "1")
            .input(Integer.class)
            .output(String.class)
            .body((run, n) -> run.step("work", String.class, step -> "item " + n));

    private TwoNodesExample() {}

    public static void run(PrintStream out) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource database = postgres.getPostgresDatabase();
            try (AgentRunner front = node(database, 0);
                    AgentRunner one = node(database, 4);
                    AgentRunner two = node(database, 4)) {
                List<RunHandle> runs = new ArrayList<>();
                for (int i = 0; i < RUNS; i++) {
                    runs.add(front.submit(WHERE, i));
                }
                Map<String, Integer> byNode = new TreeMap<>();
                for (RunHandle run : runs) {
                    run.await(String.class);
                    String actor = front.store()
                            .log()
                            .read(run.id(), 1, 1)
                            .get(0)
                            .actor()
                            .value();
                    byNode.merge(actor, 1, Integer::sum);
                }
                out.println(RUNS + " runs, submitted by a node that executes none: " + byNode);
                out.println("Nodes: " + one.node() + " and " + two.node());
            }
        }
    }

    private static AgentRunner node(DataSource database, int workers) {
        return AgentRunner.builder()
                .store(PostgresStore.on(database))
                .workers(workers)
                .workflow(WHERE)
                .build();
    }
}
