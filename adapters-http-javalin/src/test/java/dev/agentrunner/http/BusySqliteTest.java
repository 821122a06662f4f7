package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusySqliteTest {

    private static final int WRITERS = 4;
    private static final int ROUNDS = 10;
    private static final int HEAVY = 20;
    private static final int STEPS = 100;

    private static final Workflow<Integer, Integer> HEAVY_RUN = Workflow.named("heavy", "1")
            .input(Integer.class)
            .output(Integer.class)
            .body((run, n) -> {
                int sum = n;
                for (int i = 0; i < STEPS; i++) {
                    int before = sum;
                    sum = run.step("add", Integer.class, step -> before + 1);
                }
                return sum;
            });

    @TempDir
    Path folder;

    @Test
    void nobody_who_calls_hears_that_the_database_is_busy_while_runs_and_another_store_write_to_it() throws Exception {
        Path file = folder.resolve("runs.db");
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        AtomicBoolean done = new AtomicBoolean();
        // The second store stands for a command in another process.
        try (TestServer server = TestServer.open(
                        SqliteStore.at(file), HttpOptions.DEFAULT, builder -> builder.workflow(HEAVY_RUN));
                Store other = SqliteStore.at(file)) {
            List<RunHandle> heavy = new ArrayList<>();
            for (int i = 0; i < HEAVY; i++) {
                heavy.add(server.runner.submit(HEAVY_RUN, i));
            }
            Future<Integer> keys = threads.submit(() -> addKeys(other, done));
            List<Callable<Void>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(() -> call(server.client()));
            }
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
            for (RunHandle run : heavy) {
                assertThat(run.awaitEnd(Duration.ofSeconds(60))).isEqualTo(RunStatus.COMPLETED);
            }
            done.set(true);
            assertThat(keys.get()).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void call(ApiClient client) {
        for (int i = 0; i < ROUNDS; i++) {
            Reply made = client.post("/runs", "{\"workflow\": \"waiter\", \"input\": " + i + "}");
            assertThat(made.status()).as(made::text).isEqualTo(201);
            String run = "/runs/" + made.at("/id");
            accepted(client.post(run + "/directive", "{\"text\": \"go on\"}"));
            accepted(client.post(run + "/pause", "{}"));
            accepted(client.post(run + "/resume", "{}"));
            accepted(client.post(run + "/cancel", "{}"));
        }
        return null;
    }

    private static void accepted(Reply reply) {
        assertThat(reply.status()).as(reply::text).isIn(200, 202);
    }

    private static int addKeys(Store store, AtomicBoolean done) {
        int added = 0;
        while (!done.get()) {
            String id = "key" + added++;
            store.keys().add(new AccessKey(id, id, Role.VIEWER, Instant.EPOCH, null), TestServer.sha256(id));
        }
        return added;
    }
}
