package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.jdbc.commit.StoreThreads;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Threads that submit runs of all kinds of steps to one node while something goes wrong: each twice with the same key,
 * as if the first answer had been lost, then a signal, then the output.
 */
final class Clients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** first, sleep, once, each with a sleep and a leaf in two branches, go, last. */
    private static final int STEPS_OF_EACH = 10;

    private final Workflow<Integer, String> busy = Workflow.named("busy", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::body);

    private final AgentRunner runner;
    private final Map<String, AtomicInteger> executed = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean enough;

    Clients(Store store, int count) {
        runner = AgentRunner.builder()
                .store(store)
                .workflow(busy)
                .heartbeat(Duration.ofMillis(100), Duration.ofSeconds(10))
                .build();
        for (int i = 0; i < count; i++) {
            threads.add(StoreThreads.start("client-" + i, this::submit));
        }
    }

    private String body(RunContext run, int number) {
        StringBuilder out = new StringBuilder(work(run, "first", StepOptions.DEFAULT));
        run.sleep(Duration.ofMillis(30));
        out.append(work(run, "once", StepOptions.atMostOnce()));
        out.append(String.join("", run.map("each", String.class, List.of(0, 1), 2, (branch, i) -> {
            branch.sleep(Duration.ofMillis(5));
            return work(branch, "leaf", StepOptions.DEFAULT);
        })));
        out.append(run.await("go", String.class));
        return out.append(work(run, "last", StepOptions.DEFAULT)).append(number).toString();
    }

    private String work(RunContext run, String name, StepOptions options) {
        return run.step(name, String.class, options, step -> {
            executed.computeIfAbsent(run.id() + " " + step.id(), id -> new AtomicInteger())
                    .incrementAndGet();
            step.artifact(name + ".txt", "document", name);
            return name.substring(0, 1);
        });
    }

    private void submit() {
        try {
            while (!enough) {
                int number = submitted.incrementAndGet();
                SubmitOptions options = SubmitOptions.DEFAULT.idempotencyKey("number " + number);
                RunId first =
                        patiently(() -> runner.submit(busy, number, options)).id();
                RunHandle run = patiently(() -> runner.submit(busy, number, options));
                assertThat(run.id()).as("the run of the same key").isEqualTo(first);
                patiently(() -> {
                    run.signal("go", "g");
                    return true;
                });
                assertThat(run.await(String.class, PATIENCE)).isEqualTo("follgl" + number);
                ended.incrementAndGet();
            }
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    /** As a client does that knows that the store may be away. */
    private static <T> T patiently(Supplier<T> call) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); ; ) {
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** Waits until so many further runs have ended. */
    void awaitProgress(int further) {
        int goal = ended.get() + further;
        RawPostgres.await(further + " more runs ended", () -> ended.get() >= goal || !failures.isEmpty());
    }

    /** Stops, and insists that each run did everything exactly once. */
    void finish(DataSource database) throws SQLException {
        enough = true;
        threads.forEach(StoreThreads::join);
        assertThat(failures).isEmpty();
        int runs = submitted.get();
        assertThat(RawPostgres.number(database, "SELECT count(*) FROM ar_runs WHERE status = 'COMPLETED'"))
                .isEqualTo(runs);
        assertThat(RawPostgres.number(database, "SELECT count(*) FROM ar_runs")).isEqualTo(runs);
        assertThat(RawPostgres.number(database, """
                SELECT count(*) FROM ar_events WHERE type IN
                    ('RUN_FAILED', 'RUN_RECOVERED', 'RUN_CANCELED', 'STEP_FAILED', 'STEP_ATTEMPT_FAILED')""")).isZero();
        assertOfEachRun(database, "RUN_SIGNALED", "1", 1);
        assertOfEachRun(database, "STEP_COMPLETED", "DISTINCT step_id", STEPS_OF_EACH);
        assertOfEachRun(database, "STEP_COMPLETED", "1", STEPS_OF_EACH);
        assertThat(RawPostgres.number(database, """
                SELECT count(*) FROM (SELECT FROM ar_events GROUP BY run_id
                    HAVING min(seq) <> 1 OR max(seq) <> count(*)) AS broken""")).as("logs with gaps").isZero();
        assertThat(RawPostgres.number(database, "SELECT count(*) FROM ar_artifacts"))
                .isEqualTo(5L * runs);
        assertThat(executed).hasSize(5 * runs);
        executed.forEach((step, times) -> assertThat(times).as(step).hasValue(1));
    }

    private static void assertOfEachRun(DataSource database, String type, String what, long count) throws SQLException {
        assertThat(RawPostgres.number(
                        database,
                        "SELECT count(*) FROM (SELECT FROM ar_events WHERE type = ? GROUP BY run_id HAVING count("
                                + what + ") <> ?) AS others",
                        type,
                        count))
                .as("runs without %d %s", count, type)
                .isZero();
    }

    @Override
    public void close() {
        enough = true;
        runner.close();
    }
}
