package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.SqliteDatabase;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.workflow.Workflow;
import java.lang.management.ManagementFactory;
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
 * The program of {@link Waiting}: many runs that wait at once, half of them for a signal and half for one moment, on
 * SQLite. Says what they cost while they wait; fails unless all of them wake. The signals are sent when that moment has
 * come.
 */
final class WaitingRuns {

    private static final InstantSource CLOCK = InstantSource.system();
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

    public static void main(String[] args) throws Exception {
        try (SqliteDatabase database = new SqliteDatabase();
                AgentRunner runner = AgentRunner.builder()
                        .store(database.store())
                        .workers(64)
                        .workflow(AWAITS)
                        .workflow(SLEEPS)
                        .build();
                Connection sql = database.connect()) {
            new WaitingRuns(sql, runner, Integer.parseInt(args[0])).measure(new Parent());
        }
    }

    private void measure(Parent parent) throws InterruptedException, SQLException {
        long begin = System.nanoTime();
        submitAll(AWAITS, 1L);
        reach(WAITING, half);
        // The sleepers take about as long again; they must wake after the last of them has gone to sleep.
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Instant wakeAt = CLOCK.instant().plus(took.multipliedBy(2)).plusSeconds(5);
        submitAll(SLEEPS, wakeAt);
        reach(WAITING, 2 * half);
        if (CLOCK.instant().isAfter(wakeAt)) {
            throw new IllegalStateException("The first sleepers woke before the last one slept");
        }
        parent.say("asleep", secondsSince(begin));
        parent.say("heap", usedHeap() >> 20);
        parent.say("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        LockSupport.parkUntil(wakeAt.toEpochMilli());
        begin = System.nanoTime();
        Duration before = processor();
        signalAll();
        parent.say("signaled", secondsSince(begin));
        reach(COMPLETED, 2 * half);
        parent.say("awake", secondsSince(begin));
        parent.say("processor", processor().minus(before).toMillis() / 1e3);
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

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
