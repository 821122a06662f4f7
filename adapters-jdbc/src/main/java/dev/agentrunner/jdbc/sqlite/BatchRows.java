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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a batch adds: events, steps, artifacts, details of new runs, and at last the runs. */
final class BatchRows {

    private static final String EVENT =
            "INSERT INTO ar_events (run_id, seq, type, step_id, payload, actor, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String STEP =
            "INSERT INTO ar_steps (run_id, id, name, kind, status, attempts, started_seq, outcome_seq, created_at,"
                    + " started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (run_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind,"
                    + " status = excluded.status, attempts = excluded.attempts, started_seq = excluded.started_seq,"
                    + " outcome_seq = excluded.outcome_seq, started_at = coalesce(started_at, excluded.started_at),"
                    + " finished_at = excluded.finished_at";
    private static final String ARTIFACT =
            "INSERT INTO ar_artifacts (id, run_id, step_id, name, kind, media_type, size, sha256, uri, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DETAILS =
            "INSERT INTO ar_run_details (run_id, name, labels, parent_run_id, forked_from, idempotency_key)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String LABEL = "INSERT INTO ar_run_labels (label, value, run_id) VALUES (?, ?, ?)";

    private final Session session;
    private final BatchDecision decision;
    private final Lines events;
    private final Lines steps;
    private final Lines artifacts;
    private final Lines details;
    private final Lines labels;

    BatchRows(Session session, BatchDecision decision) throws SQLException {
        this.session = session;
        this.decision = decision;
        this.events = new Lines(session.prepare(EVENT));
        this.steps = new Lines(session.prepare(STEP));
        this.artifacts = new Lines(session.prepare(ARTIFACT));
        this.details = new Lines(session.prepare(DETAILS));
        this.labels = new Lines(session.prepare(LABEL));
    }

    /** Tells one event of a batch from all others that ever were. */
    record LastEvent(long id, RunId run, long seq, Actor actor, long createdAt) {}

    /** Null when no commit is to be written. */
    @Nullable LastEvent write() throws SQLException {
        for (Commit commit : decision.taken()) {
            add(commit);
        }
        events.write();
        LastEvent last = last();
        steps.write();
        artifacts.write();
        details.write();
        labels.write();
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
            seq++;
            events.text(run).number(seq).text(event.type().name());
            events.text(event.step() == null ? null : event.step().value());
            events.text(event.payload().text()).text(event.actor().value()).number(decision.now());
            events.end();
        }
        for (StepRow step : commit.projection().steps()) {
            addStep(run, step);
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
        StepStatus status = step.status();
        boolean ran = status == StepStatus.RUNNING || status == StepStatus.COMPLETED || status == StepStatus.FAILED;
        steps.text(run)
                .text(step.id().value())
                .text(step.name())
                .text(step.kind())
                .text(status.name());
        steps.number(step.attempts())
                .number(step.startedSeq())
                .number(step.outcomeSeq())
                .number(decision.now());
        steps.number(ran ? (Long) decision.now() : null);
        steps.number(status.isTerminal() ? (Long) decision.now() : null).end();
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

    private @Nullable LastEvent last() throws SQLException {
        List<Commit> taken = decision.taken();
        if (taken.isEmpty()) {
            return null;
        }
        Commit commit = taken.get(taken.size() - 1);
        Actor actor = commit.events().get(commit.events().size() - 1).actor();
        PreparedStatement statement = session.prepare("SELECT last_insert_rowid()");
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new LastEvent(row.getLong(1), commit.run(), commit.lastSeq(), actor, decision.now());
        }
    }
}
