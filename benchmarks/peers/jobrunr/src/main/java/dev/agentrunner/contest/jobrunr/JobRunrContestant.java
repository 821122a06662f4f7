package dev.agentrunner.contest.jobrunr;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Count;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Pool;
import dev.agentrunner.contest.Waiting;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.ApplyStateFilter;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jspecify.annotations.Nullable;

/**
 * A run is one job, which calls the body once per step; nothing is recorded in between. As many workers as runs at once. Polls
 * every 5 seconds, which is the least that its documentation allows; its default is 15. Jobs are requests with a handler, not
 * lambdas, so that no bytecode is analyzed. That a run has ended is told by a filter on the state SUCCEEDED, which JobRunr calls
 * after it has saved the job; a node that executes nothing asks for the job every 10 milliseconds.
 */
final class JobRunrContestant implements Contestant, ApplyStateFilter {

    private static final int POLL_SECONDS = 5;
    private static final long ASK_NANOS = 10_000_000;

    private final Place place;
    private final HikariDataSource pool;
    private final PostgresStorageProvider storage;
    private final Waiting waiting;
    private final Count ended;
    private final Map<UUID, CompletableFuture<@Nullable Void>> awaited = new ConcurrentHashMap<>();
    private final JobRunrConfiguration configuration;
    private volatile @Nullable JobRequestScheduler scheduler;

    JobRunrContestant(Place place) {
        this.place = place;
        this.pool = Pool.of(place);
        this.storage = new PostgresStorageProvider(pool);
        this.waiting = new Waiting(place.atOnce());
        this.ended = new Count(place, "select count(*) from jobrunr_jobs where state = 'SUCCEEDED'");
        this.configuration = JobRunr.configure()
                .useJobActivator(handlers(new StepsHandler(place)))
                .withJobFilter(this)
                .useStorageProvider(storage);
    }

    private static JobActivator handlers(StepsHandler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
    }

    @Override
    public void start() {
        if (place.executes()) {
            configuration.useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                    .andPollIntervalInSeconds(POLL_SECONDS)
                    .andWorkerCount(place.atOnce()));
        }
        scheduler = configuration.initialize().getJobRequestScheduler();
    }

    private JobRequestScheduler scheduler() {
        JobRequestScheduler here = scheduler;
        if (here == null) {
            throw new IllegalStateException("Not started");
        }
        return here;
    }

    @Override
    public CompletionStage<?> run(String input) {
        UUID id = UUID.randomUUID();
        StepsRequest request = new StepsRequest(input);
        if (!place.executes()) {
            return waiting.until(() -> {
                scheduler().enqueue(id, request);
                while (!storage.getJobById(id).hasState(StateName.SUCCEEDED)) {
                    LockSupport.parkNanos(ASK_NANOS);
                }
                return id;
            });
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        awaited.put(id, done);
        return waiting.until(() -> scheduler().enqueue(id, request)).thenCompose(queued -> done);
    }

    @Override
    public void onStateApplied(Job job, @Nullable JobState oldState, JobState newState) {
        boolean well = newState.getName() == StateName.SUCCEEDED;
        if (!well && newState.getName() != StateName.FAILED) {
            return;
        }
        CompletableFuture<@Nullable Void> done = awaited.remove(job.getId());
        if (done != null && well) {
            done.complete(null);
        } else if (done != null) {
            done.completeExceptionally(new IllegalStateException("A job failed: " + job.getId()));
        }
    }

    @Override
    public void enqueue(List<String> inputs) {
        scheduler().enqueue(inputs.stream().map(StepsRequest::new));
    }

    @Override
    public long ended() throws SQLException {
        return ended.value();
    }

    @Override
    public String grade() {
        return "task only, steps not recorded";
    }

    @Override
    public void close() throws SQLException {
        JobRunr.destroy();
        waiting.close();
        ended.close();
        pool.close();
    }
}
