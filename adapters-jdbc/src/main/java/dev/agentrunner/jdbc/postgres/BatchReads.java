package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Locks the runs of a batch, in the order of their ids, and reads what its verdicts depend on: one round trip. */
final class BatchReads {

    private static final String RUNS = "SELECT id, status, recoveries, last_seq, epoch, node, ready_at, woken"
            + " FROM ar_runs WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";
    private static final String KEYS =
            "SELECT idempotency_key, run_id FROM ar_run_details WHERE idempotency_key = ANY (?)";
    private static final String STEPS = "SELECT s.run_id, s.id, s.name, s.kind, s.status, s.attempts, s.started_seq,"
            + " s.outcome_seq FROM unnest(?::uuid[], ?::text[]) u (run_id, id)"
            + " JOIN ar_steps s ON s.run_id = u.run_id AND s.id = u.id";
    private static final String ARTIFACTS = "SELECT a.run_id, a.id FROM unnest(?::uuid[], ?::uuid[]) u (run_id, id)"
            + " JOIN ar_artifacts a ON a.run_id = u.run_id AND a.id = u.id";

    /** Drawn behind the locks, so that the times of a run never go back. */
    private static final String CLOCK =
            "SELECT date_trunc('milliseconds', clock_timestamp()) AS now, pg_current_xact_id()::text AS transaction";

    private BatchReads() {}

    /**
     * Locks and reads.
     *
     * @param everything also steps that the batch touches once, and artifacts
     */
    static Known lock(Connection connection, List<Commit> batch, boolean everything) throws SQLException {
        Known known = new Known(stepsToRead(batch, everything));
        Script script = Script.transaction(connection);
        List<UUID> runs = batch.stream()
                .flatMap(commit -> Stream.concat(Stream.of(commit.run()), commit.projection().wakes().stream()))
                .distinct()
                .map(RunId::value)
                .toList();
        script.query(row -> addRun(known, row), RUNS, script.column("uuid", runs, id -> id));
        List<String> keys =
                batch.stream().map(BatchReads::key).filter(Objects::nonNull).toList();
        if (!keys.isEmpty()) {
            script.query(
                    row -> known.keys.put(row.getString(1), new RunId(row.getObject(2, UUID.class))),
                    KEYS,
                    script.column("text", keys, key -> key));
        }
        addSteps(script, known);
        if (everything) {
            addArtifacts(script, known, batch);
        }
        script.query(
                row -> {
                    known.now = row.getObject("now", OffsetDateTime.class).toInstant();
                    known.transaction = row.getString("transaction");
                },
                CLOCK);
        script.run();
        return known;
    }

    private static @Nullable String key(Commit commit) {
        return commit.fence() instanceof Fence.Create create ? create.spec().idempotencyKey() : null;
    }

    private static Set<StepKey> stepsToRead(List<Commit> batch, boolean everything) {
        Set<StepKey> seen = new HashSet<>();
        Set<StepKey> again = new HashSet<>();
        for (Commit commit : batch) {
            for (StepRow row : commit.projection().steps()) {
                StepKey key = new StepKey(commit.run(), row.id());
                if (!seen.add(key)) {
                    again.add(key);
                }
            }
        }
        return everything ? seen : again;
    }

    private static void addRun(Known known, ResultSet row) throws SQLException {
        RunId id = new RunId(row.getObject("id", UUID.class));
        RunImage image = RunImage.stored(id, RunStatus.valueOf(row.getString("status")), row.getInt("recoveries"));
        image.lastSeq = row.getLong("last_seq");
        image.epoch = row.getLong("epoch");
        image.node = row.getString("node");
        OffsetDateTime ready = row.getObject("ready_at", OffsetDateTime.class);
        image.readyAt = ready == null ? null : instant(ready);
        image.woken = row.getBoolean("woken");
        known.runs.put(id, image);
    }

    private static Instant instant(OffsetDateTime moment) {
        return moment.toInstant();
    }

    private static void addSteps(Script script, Known known) throws SQLException {
        List<StepKey> keys = List.copyOf(known.readSteps);
        if (keys.isEmpty()) {
            return;
        }
        script.query(
                row -> {
                    RunId run = new RunId(row.getObject("run_id", UUID.class));
                    StepRow step = new StepRow(
                            new StepId(row.getString("id")),
                            row.getString("name"),
                            row.getString("kind"),
                            StepStatus.valueOf(row.getString("status")),
                            row.getInt("attempts"),
                            row.getLong("started_seq"),
                            row.getLong("outcome_seq"));
                    known.steps.put(new StepKey(run, step.id()), StepImage.of(run, step));
                },
                STEPS,
                script.column("uuid", keys, key -> key.run().value()),
                script.column("text", keys, key -> key.step().value()));
    }

    private static void addArtifacts(Script script, Known known, List<Commit> batch) throws SQLException {
        List<ArtifactKey> keys = batch.stream()
                .flatMap(commit -> commit.projection().artifacts().stream()
                        .map(ArtifactRow::id)
                        .map(id -> new ArtifactKey(commit.run(), id)))
                .toList();
        if (keys.isEmpty()) {
            return;
        }
        script.query(
                row -> known.artifacts.add(new ArtifactKey(
                        new RunId(row.getObject(1, UUID.class)), new ArtifactId(row.getObject(2, UUID.class)))),
                ARTIFACTS,
                script.column("uuid", keys, key -> key.run().value()),
                script.column("uuid", keys, key -> key.artifact().value()));
    }
}
