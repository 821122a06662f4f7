package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log that counts what is appended through it. */
final class MeteredLog implements RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(MeteredLog.class);

    private final RunLog whole;
    private final Meters meters;
    private final KnownRuns runs;
    private final Commits commits;

    MeteredLog(RunLog whole, Meters meters, KnownRuns runs) {
        this.whole = whole;
        this.meters = meters;
        this.runs = runs;
        this.commits = new Commits(meters, runs);
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        long begin = System.nanoTime();
        meters.pending.begin();
        CompletableFuture<AppendOutcome> future = whole.append(commit);
        future.whenComplete((outcome, failure) -> count(commit, outcome, System.nanoTime() - begin));
        return future;
    }

    private void count(Commit commit, @Nullable AppendOutcome outcome, long nanos) {
        meters.pending.end();
        try {
            meters.append.record(Duration.ofNanos(nanos));
            meters.appends.of(name(outcome)).increment();
            if (outcome instanceof Appended appended) {
                commits.count(commit, appended);
            } else if (outcome instanceof AppendOutcome.Fenced) {
                runs.forget(commit.run());
            }
        } catch (RuntimeException e) {
            LOG.warn("A commit of run {} could not be counted; it is not affected by that", commit.run(), e);
        }
    }

    private static String name(@Nullable AppendOutcome outcome) {
        return outcome == null ? "closed" : outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> ids) {
        Map<RunId, List<Event>> all = whole.readAll(ids);
        all.forEach((run, events) -> {
            runs.learn(run, events);
            Claim claim = runs.takeClaim(run);
            if (claim != null) {
                commits.count(claim, events);
            }
        });
        return all;
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return whole.read(run, afterSeq, limit);
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return whole.feed(afterId, limit);
    }

    @Override
    public long feedEnd() {
        return whole.feedEnd();
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return whole.follow(listener);
    }
}
