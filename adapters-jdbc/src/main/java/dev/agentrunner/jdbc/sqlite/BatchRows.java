package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.sql.Labels;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a batch adds: events, steps, artifacts, details of new runs, usage, and at last the runs. */
final class BatchRows {

    private static final String STEP =
            "INSERT INTO ar_steps (run_id, id, name, kind, status, attempts, started_seq, outcome_seq, created_at,"
                    + " started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (run_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
                    + " status = excluded.status, attempts = excluded.attempts, started_seq = excluded.started_seq,"
                    + " outcome_seq = excluded.outcome_seq, started_at = coalesce(started_at, excluded.started_at),"
                    + " finished_at = excluded.finished_at";
    private static final String STEP_CHANGE =
            "UPDATE ar_steps SET status = ?, attempts = ?, outcome_seq = ?, started_at = coalesce(started_at, ?),"
                    + " finished_at = ? WHERE run_id = ? AND id = ?";
    private static final String ARTIFACT =
            "INSERT INTO ar_artifacts (id, run_id, step_id, name, kind, media_type, size, sha256, uri, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DETAILS =
            "INSERT INTO ar_run_details (run_id, name, labels, parent_run_id, forked_from, idempotency_key)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String LABEL = "INSERT INTO ar_run_labels (label, value, run_id) VALUES (?, ?, ?)";

    private final Session session;
    private final BatchDecision decision;
    private final EventLines events;
    private final Lines steps;
    private final Lines stepChanges;
    private final List<Change> changed = new ArrayList<>();
    private final Lines artifacts;
    private final Lines details;
    private final Lines labels;

    BatchRows(Session session, BatchDecision decision) throws SQLException {
        this.session = session;
        this.decision = decision;
        this.events = new EventLines(session, decision.now());
        this.steps = new Lines(session.prepare(STEP));
        this.stepChanges = new Lines(session.prepare(STEP_CHANGE));
        this.artifacts = new Lines(session.prepare(ARTIFACT));
        this.details = new Lines(session.prepare(DETAILS));
        this.labels = new Lines(session.prepare(LABEL));
    }

    private record Change(String run, StepRow step) {}

    /** Tells one event of a batch from all others that ever were. */
    record LastEvent(long id, RunId run, long seq, Actor actor, long createdAt) {}

    /** Null when no commit is to be written. */
    @Nullable LastEvent write() throws SQLException {
        // Neighbours in the tables are written one after the other; commits of one run keep their order.
        List<Commit> byRun = decision.taken().stream()
                .sorted(Comparator.comparing(Commit::run))
                .toList();
        for (Commit commit : byRun) {
            add(commit);
        }
        events.write();
        LastEvent last = byRun.isEmpty() ? null : last(byRun.get(byRun.size() - 1));
        steps.write();
        writeStepChanges();
        artifacts.write();
        details.write();
        labels.write();
        UsageRows.write(session, byRun);
        new RunRows(session, decision.now()).write(decision.runs());
        return last;
    }

    private void add(Commit commit) throws SQLException {
        String run = commit.run().toString();
        if (commit.fence() instanceof Fence.Create create) {
            addDetails(run, create.spec());
        }
        long seq = commit.expectedSeq();
        for (NewEvent event : commit.events()) {
            events.add(run, ++seq, event);
        }
        for (StepRow step : commit.projection().steps()) {
            if (step.startedSeq() > commit.expectedSeq()) {
                addStep(run, step);
            } else {
                changed.add(new Change(run, step));
            }
        }
        for (ArtifactRow artifact : commit.projection().artifacts()) {
            addArtifact(run, artifact);
        }
    }

    private void addDetails(String run, RunSpec spec) throws SQLException {
        RunId parent = spec.lineage().parent();
        RunId forkedFrom = spec.lineage().forkedFrom();
        details.text(run).text(spec.name()).text(Labels.format(spec.labels()));
        details.text(parent == null ? null : parent.toString());
        details.text(forkedFrom == null ? null : forkedFrom.toString());
        details.text(spec.idempotencyKey()).end();
        for (Map.Entry<String, String> label : spec.labels().entrySet()) {
            labels.text(label.getKey()).text(label.getValue()).text(run).end();
        }
    }

    private void addStep(String run, StepRow step) throws SQLException {
        steps.text(run)
                .text(step.id().value())
                .text(step.name())
                .text(step.kind())
                .text(step.status().name());
        steps.number(step.attempts())
                .number(step.startedSeq())
                .number(step.outcomeSeq())
                .number(decision.now());
        steps.number(nowIf(hasRun(step.status())))
                .number(nowIf(step.status().isTerminal()))
                .end();
    }

    /** A step that was named by an earlier commit is in the table; if it is not, it is put there. */
    private void writeStepChanges() throws SQLException {
        for (Change change : changed) {
            changeStep(change.run, change.step);
        }
        int[] hits = stepChanges.write();
        for (int i = 0; i < hits.length; i++) {
            if (hits[i] == 0) {
                addStep(changed.get(i).run, changed.get(i).step);
            }
        }
        steps.write();
    }

    private void changeStep(String run, StepRow step) throws SQLException {
        stepChanges.text(step.status().name()).number(step.attempts()).number(step.outcomeSeq());
        stepChanges
                .number(nowIf(hasRun(step.status())))
                .number(nowIf(step.status().isTerminal()));
        stepChanges.text(run).text(step.id().value()).end();
    }

    private static boolean hasRun(StepStatus status) {
        return status == StepStatus.RUNNING || status == StepStatus.COMPLETED || status == StepStatus.FAILED;
    }

    private @Nullable Long nowIf(boolean so) {
        return so ? (Long) decision.now() : null;
    }

    private void addArtifact(String run, ArtifactRow artifact) throws SQLException {
        artifacts.text(artifact.id().toString()).text(run);
        artifacts.text(artifact.step() == null ? null : artifact.step().value());
        artifacts.text(artifact.name()).text(artifact.kind()).text(artifact.mediaType());
        artifacts
                .number(artifact.blob().size())
                .text(artifact.blob().sha256())
                .text(artifact.blob().uri());
        artifacts.number(decision.now()).end();
    }

    private LastEvent last(Commit commit) throws SQLException {
        Actor actor = commit.events().get(commit.events().size() - 1).actor();
        PreparedStatement statement = session.prepare("SELECT last_insert_rowid()");
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new LastEvent(row.getLong(1), commit.run(), commit.lastSeq(), actor, decision.now());
        }
    }
}
