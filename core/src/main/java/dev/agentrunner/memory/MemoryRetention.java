package dev.agentrunner.memory;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Tombstone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Forgets finished runs and keeps a tombstone of each. */
final class MemoryRetention implements RunRetention {

    private static final Comparator<StoredRun> OLDEST_FIRST =
            Comparator.<StoredRun>comparingLong(run -> run.finished()).thenComparing(run -> run.id);

    private final Tables tables;

    MemoryRetention(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<RunId> purgeFinishedBefore(Instant moment, int max) {
        return tables.at(now -> {
            List<StoredRun> old = tables.runs.values().stream()
                    .filter(run -> run.row().status().isTerminal())
                    .filter(run -> Instant.ofEpochMilli(run.finished()).isBefore(moment))
                    .sorted(OLDEST_FIRST)
                    .limit(max)
                    .toList();
            forget(old, now);
            return old.stream().map(run -> run.id).toList();
        });
    }

    @Override
    public boolean purge(RunId id) {
        return tables.at(now -> {
            StoredRun run = tables.runs.get(id);
            if (run == null || !run.row().status().isTerminal()) {
                return false;
            }
            forget(List.of(run), now);
            return true;
        });
    }

    private void forget(List<StoredRun> runs, long now) {
        tables.feed.removeAll(runs);
        runs.forEach(run -> forget(run, now));
    }

    private void forget(StoredRun run, long now) {
        tables.runs.remove(run.id);
        if (run.spec.idempotencyKey() != null) {
            tables.keys.remove(run.spec.idempotencyKey());
        }
        tables.tombstones.put(
                run.id,
                new Tombstone(
                        run.id,
                        run.spec.workflow(),
                        run.row().status(),
                        run.lastSeq(),
                        Instant.ofEpochMilli(run.finished()),
                        Instant.ofEpochMilli(now)));
    }

    @Override
    public Optional<Tombstone> tombstone(RunId run) {
        return tables.get(() -> Optional.ofNullable(tables.tombstones.get(run)));
    }
}
