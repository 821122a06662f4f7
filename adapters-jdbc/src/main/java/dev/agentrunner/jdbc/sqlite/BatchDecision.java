package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.RunId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides the commits of a batch one after the other, each on top of those before. Used by one thread. */
final class BatchDecision {

    private final StoredRuns stored;
    private final long now;
    private final Map<RunId, @Nullable RunState> runs = new LinkedHashMap<>();
    private final Map<String, RunId> keys = new HashMap<>();
    private final List<Commit> taken = new ArrayList<>();
    private final List<AppendOutcome> outcomes = new ArrayList<>();

    BatchDecision(StoredRuns stored, long now) {
        this.stored = stored;
        this.now = now;
    }

    /** The one moment at which everything of the batch happens. */
    long now() {
        return now;
    }

    /** One for each commit so far. */
    List<AppendOutcome> outcomes() {
        return outcomes;
    }

    /** The commits that are to be written. */
    List<Commit> taken() {
        return taken;
    }

    Collection<@Nullable RunState> runs() {
        return runs.values();
    }

    void take(Commit commit) throws SQLException {
        outcomes.add(commit.fence() instanceof Fence.Create create ? create(commit, create) : go(commit));
    }

    private AppendOutcome create(Commit commit, Fence.Create create) throws SQLException {
        RunId existing = existing(commit.run(), create.spec().idempotencyKey());
        if (existing != null) {
            return new AppendOutcome.Exists(existing);
        }
        RunState born = RunState.born(commit.run(), create);
        AppendOutcome illegal = Verdict.illegal(born, commit.projection().run());
        if (illegal != null) {
            return illegal;
        }
        runs.put(born.id, born);
        if (create.spec().idempotencyKey() != null) {
            keys.put(create.spec().idempotencyKey(), born.id);
        }
        return apply(commit, born);
    }

    private @Nullable RunId existing(RunId run, @Nullable String key) throws SQLException {
        if (run(run) != null) {
            return run;
        }
        if (key == null) {
            return null;
        }
        RunId inBatch = keys.get(key);
        return inBatch != null ? inBatch : stored.byKey(key);
    }

    private AppendOutcome go(Commit commit) throws SQLException {
        RunState run = run(commit.run());
        if (run == null) {
            return new AppendOutcome.Conflict(0);
        }
        AppendOutcome refusal = Verdict.refusal(commit, run);
        return refusal != null ? refusal : apply(commit, run);
    }

    private AppendOutcome apply(Commit commit, RunState run) throws SQLException {
        run.apply(commit.projection(), commit.fence() instanceof Fence.Outside, commit.lastSeq(), now);
        taken.add(commit);
        for (RunId other : commit.projection().wakes()) {
            RunState target = run(other);
            if (target != null) {
                target.wake(now);
            }
        }
        return new AppendOutcome.Appended(commit.lastSeq(), Instant.ofEpochMilli(now));
    }

    private @Nullable RunState run(RunId id) throws SQLException {
        if (runs.containsKey(id)) {
            return runs.get(id);
        }
        RunState state = stored.run(id);
        runs.put(id, state);
        return state;
    }
}
