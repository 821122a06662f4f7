package dev.agentrunner.memory;

import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Appends in the caller's thread; the future is complete when {@link #append} returns. */
final class MemoryLog implements RunLog {

    private static final Instant LAST = Instant.ofEpochMilli(Tenancy.NEVER - 1);

    private final Tables tables;
    private final Followers followers;

    MemoryLog(Tables tables, Followers followers) {
        this.tables = tables;
        this.followers = followers;
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        AppendOutcome outcome;
        try {
            outcome = tables.at(now -> {
                AppendOutcome refusal = Verdict.refusal(tables, commit);
                return refusal != null ? refusal : write(commit, now);
            });
        } catch (StoreClosedException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (outcome instanceof AppendOutcome.Appended) {
            followers.tell(new Hint.Changed(commit.run(), commit.lastSeq()));
            boolean mayBeReady = !(commit.projection().ready() instanceof Ready.Held)
                    && !commit.projection().run().status().isTerminal();
            if (mayBeReady || !commit.projection().wakes().isEmpty()) {
                followers.tell(new Hint.Ready());
            }
        }
        return CompletableFuture.completedFuture(outcome);
    }

    private AppendOutcome write(Commit commit, long now) {
        StoredRun run = commit.fence() instanceof Fence.Create create
                ? create(commit.run(), create, now)
                : tables.runs.get(commit.run());
        if (run == null) {
            throw new IllegalStateException("A commit to an unknown run was let through: " + commit);
        }
        for (NewEvent fact : commit.events()) {
            tables.feed.add(run.append(tables.feed.nextId(), fact, now));
        }
        run.project(commit.projection(), now);
        settle(run, commit, now);
        for (RunId other : commit.projection().wakes()) {
            StoredRun woken = tables.runs.get(other);
            if (woken != null) {
                tables.tenancy.wake(woken, now);
            }
        }
        return new AppendOutcome.Appended(run.lastSeq(), Instant.ofEpochMilli(now));
    }

    private StoredRun create(RunId id, Fence.Create create, long now) {
        StoredRun run = new StoredRun(id, create.spec(), now);
        tables.runs.put(id, run);
        String key = create.spec().idempotencyKey();
        if (key != null) {
            tables.keys.put(key, id);
        }
        if (create.owner() != null) {
            tables.tenancy.claim(run, create.owner(), now);
        }
        return run;
    }

    private void settle(StoredRun run, Commit commit, long now) {
        Ready ready = commit.projection().ready();
        if (run.row().status().isTerminal()) {
            tables.tenancy.end(run);
        } else if (run.node() == null) {
            tables.tenancy.bringForward(run, moment(ready, now));
        } else if (!(commit.fence() instanceof Fence.Outside) && !(ready instanceof Ready.Held)) {
            tables.tenancy.giveUp(run, moment(ready, now), now);
        }
    }

    private static long moment(Ready ready, long now) {
        if (ready instanceof Ready.Now) {
            return now;
        }
        if (ready instanceof Ready.At at) {
            return at.moment().isAfter(LAST) ? LAST.toEpochMilli() : at.moment().toEpochMilli();
        }
        return Tenancy.NEVER;
    }

    @Override
    public List<Event> read(RunId id, long afterSeq, int limit) {
        return tables.get(() -> {
            StoredRun run = tables.runs.get(id);
            return run == null ? List.of() : run.read(afterSeq, limit);
        });
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> ids) {
        return tables.get(() -> {
            Map<RunId, List<Event>> all = new LinkedHashMap<>();
            for (RunId id : ids) {
                StoredRun run = tables.runs.get(id);
                if (run != null) {
                    all.put(id, run.read(0, Integer.MAX_VALUE));
                }
            }
            return all;
        });
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return tables.get(() -> tables.feed.read(afterId, limit));
    }

    @Override
    public long feedEnd() {
        return tables.get(tables.feed::end);
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return followers.add(listener);
    }
}
