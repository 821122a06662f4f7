package dev.agentrunner.benchmarks.alone;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.workflow.Workflow;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Node B of {@link CancelLatency}: executes the runs. */
final class CancelNode {

    /** What a step emits once it listens for its cancellation. */
    static final String LISTENS = "x.listens";

    /** One step that waits until it is canceled. */
    static final Workflow<Integer, Integer> WAITS_FOR_CANCEL = Workflow.named("waits-for-cancel", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> run.step("wait", Integer.class, step -> {
                CountDownLatch asked = new CountDownLatch(1);
                step.cancellation().onRequest(asked::countDown);
                step.emit(LISTENS, Map.of("n", n));
                asked.await();
                step.cancellation().throwIfRequested();
                return n;
            }));

    private CancelNode() {}

    public static void main(String[] args) throws Exception {
        Parent parent = new Parent();
        try (HikariDataSource pool = PostgresDatabase.pool(args[0]);
                AgentRunner runner = AgentRunner.builder()
                        .store(PostgresStore.on(pool))
                        .workflow(WAITS_FOR_CANCEL)
                        .build()) {
            parent.say("node", runner.node().value());
            parent.hear();
        }
    }
}
