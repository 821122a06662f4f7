package dev.agentrunner.benchmarks;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.workflow.Workflow;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./bench waiting}: many runs that wait at once, half of them for a signal and half for one moment, on SQLite in a
 * JVM with little heap. Says what they cost while they wait; fails unless all of them wake.
 */
final class WaitingRuns {

    private static final int AT_ONCE = 200;
    private static final int SENDERS = 16;
    private static final String WAITING = "SELECT count(*) FROM ar_runs WHERE waiting IS NOT NULL AND node IS NULL";
    private static final String COMPLETED = "SELECT count(*) FROM ar_runs WHERE status = 'COMPLETED'";

    private static final Workflow<Long, Long> AWAITS = Workflow.named("awaits", "1")
            .input(Long.class)
            .output(Long.class)
            .body((run, n) -> run.step("add", Long.class, step -> n + 1) + run.await("go", Long.class));

    private static final Workflow<Instant, Boolean> SLEEPS = Workflow.named("sleeps", "1")
            .input(Instant.class)
            .output(Boolean.class)
            .body((run, until) -> {
                run.sleep(Duration.between(run.now(), until));
                return true;
            });

    private final Connection sql;
    private final AgentRunner runner;
    private final int half;
    private final Queue<RunId> awaiting = new ConcurrentLinkedQueue<>();

    private WaitingRuns(Connection sql, AgentRunner runner, int runs) {
        this.sql = sql;
        this.runner = runner;
        this.half = runs / 2;
    }

    /** Measures in a JVM of its own; answers with its exit code. */
    static int inJvm(int runs, String heap) throws IOException, InterruptedException {
        String classPath =
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        classPath,
                        WaitingRuns.class.getName(),
                        Integer.toString(runs))
                .inheritIO()
                .start()
                .waitFor();
    }

    public static void main(String[] args) throws Exception {
        try (SqliteDatabase database = new SqliteDatabase();
                AgentRunner runner = AgentRunner.builder()
                        .store(database.store())
                        .workers(64)
                        .workflow(AWAITS)
                        .workflow(SLEEPS)
                        .build();
                Connection sql = database.connect()) {
            new WaitingRuns(sql, runner, Integer.parseInt(args[0])).measure();
        }
    }

    private void measure() throws InterruptedException, SQLException {
        long begin = System.nanoTime();
        submitAll(AWAITS, 1L);
        reach(WAITING, half);
        // The sleepers take about as long again; they must wake after the last of them has gone to sleep.
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Instant wakeAt =
                InstantSource.system().instant().plus(took.multipliedBy(3)).plusSeconds(5);
        submitAll(SLEEPS, wakeAt);
        reach(WAITING, 2 * half);
        System.out.printf(
                "%,d runs wait, after %d s: %d of %d MB of heap in use, %d threads%n",
                2 * half,
                secondsSince(begin),
                usedHeap() >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                threads());
        begin = System.nanoTime();
        signalAll();
        reach(COMPLETED, 2 * half);
        System.out.printf("all of them woke and completed, after %d s%n", secondsSince(begin));
    }

    private <I> void submitAll(Workflow<I, ?> workflow, I input) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = 0; i < half; i++) {
            room.acquire();
            runner.submitAsync(workflow, input, SubmitOptions.DEFAULT).whenComplete((run, error) -> {
                room.release();
                if (run != null && workflow.equals(AWAITS)) {
                    awaiting.add(run.id());
                }
            });
        }
        room.acquire(AT_ONCE);
    }

    private void signalAll() throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                for (RunId run = awaiting.poll(); run != null; run = awaiting.poll()) {
                    RunHandle handle = runner.handle(run);
                    handle.signal("go", 1L);
                }
            });
        }
        senders.shutdown();
        senders.awaitTermination(1, TimeUnit.HOURS);
    }

    /** Waits until the query counts so many runs, for as long as their number goes on changing. */
    private void reach(String query, int runs) throws SQLException {
        long before = -1;
        long stillSince = System.nanoTime();
        for (long now = count(query); now < runs; now = count(query)) {
            if (now != before) {
                before = now;
                stillSince = System.nanoTime();
            } else if (secondsSince(stillSince) > 300) {
                throw new IllegalStateException("Only " + now + " of " + runs + " for five minutes: " + query);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private long count(String query) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static int threads() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }
}
