package dev.agentrunner.contest.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Count;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Pool;
import dev.agentrunner.contest.Waiting;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A run is one one-time task, which calls the body once per step; nothing is recorded in between, and its row is deleted when it
 * has ended.
 *
 * <p>Polls by {@code lock-and-fetch} with 1.0 and 4.0 of the threads as limits, which is what its documentation says for high
 * throughput ("keep threads busy"), so that a batch is up to four times the threads; as many threads as runs at once, 50 at most,
 * as in the fastest of its documentation's own measurements: they write on 10 connections. Immediate execution is on, so that a node looks at once for what it was
 * given itself; for what others schedule it looks every 10 seconds, which is the default. Tasks' data is serialized as Java
 * does it, the default, too.
 *
 * <p>That a run has ended is told by its listener, after the transaction that deletes the row; a node that executes nothing asks
 * for the row every 10 milliseconds until it is gone.
 */
final class DbSchedulerContestant extends AbstractSchedulerListener implements Contestant {

    private static final int MOST_THREADS = 50;
    private static final long ASK_NANOS = 10_000_000;

    private final Place place;
    private final HikariDataSource pool;
    private final OneTimeTask<String> task;
    private final SchedulerClient client;
    private final @Nullable Scheduler scheduler;
    private final Map<String, CompletableFuture<@Nullable Void>> awaited = new ConcurrentHashMap<>();
    private final Waiting waiting;
    private final Count rows;
    private final AtomicLong given = new AtomicLong();

    DbSchedulerContestant(Place place) {
        this.place = place;
        this.pool = Pool.of(place);
        this.waiting = new Waiting(place.atOnce());
        this.rows = new Count(place, "select count(*) from scheduled_tasks");
        this.task = Tasks.oneTime("contest", String.class).execute((instance, context) -> body(instance.getData()));
        this.scheduler = place.executes()
                ? Scheduler.create(pool, task)
                        .threads(Math.min(place.atOnce(), MOST_THREADS))
                        .pollUsingLockAndFetch(1.0, 4.0)
                        .enableImmediateExecution()
                        .addSchedulerListener(this)
                        .build()
                : null;
        this.client =
                scheduler == null ? SchedulerClient.Builder.create(pool, task).build() : scheduler;
    }

    private void body(String input) {
        try {
            for (int i = 0; i < place.steps(); i++) {
                place.body().run(input, i);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped", stopped);
        }
    }

    private TaskInstance<String> instance(String input) {
        given.incrementAndGet();
        return task.instance(UUID.randomUUID().toString(), input);
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    @Override
    public void start() throws SQLException {
        given.addAndGet(rows.value()); // what others have queued before
        if (scheduler != null) {
            scheduler.start();
        }
    }

    @Override
    public CompletionStage<?> run(String input) {
        TaskInstance<String> instance = instance(input);
        if (scheduler == null) {
            return waiting.until(() -> {
                client.scheduleIfNotExists(instance, now());
                while (client.getScheduledExecution(instance).isPresent()) {
                    LockSupport.parkNanos(ASK_NANOS);
                }
                return instance.getId();
            });
        }
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        awaited.put(instance.getId(), ended);
        return waiting.until(() -> {
                    client.scheduleIfNotExists(instance, now());
                    return instance.getId();
                })
                .thenCompose(scheduled -> ended);
    }

    @Override
    public void onExecutionComplete(ExecutionComplete complete) {
        CompletableFuture<@Nullable Void> ended =
                awaited.remove(complete.getExecution().taskInstance.getId());
        if (ended == null) {
            return;
        }
        if (complete.getResult() == ExecutionComplete.Result.OK) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(complete.getCause().orElseThrow());
        }
    }

    @Override
    public void enqueue(List<String> inputs) {
        client.scheduleBatch(inputs.stream().<TaskInstance<?>>map(this::instance), now());
    }

    /** Rows are deleted when a run has ended: those that were there at the start or were given since, less those that are left. */
    @Override
    public long ended() throws SQLException {
        return Math.max(0, given.get() - rows.value()); // before the start it does not know what is there
    }

    @Override
    public String grade() {
        return "task only, steps not recorded";
    }

    @Override
    public void close() throws SQLException {
        if (scheduler != null) {
            scheduler.stop();
        }
        waiting.close();
        rows.close();
        pool.close();
    }
}
