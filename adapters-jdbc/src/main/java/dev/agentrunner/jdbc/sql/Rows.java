package dev.agentrunner.jdbc.sql;

import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.Owner;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Times;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes records of rows. The statements name their columns like the tables do. */
public final class Rows {

    private final Dialect dialect;

    public Rows(Dialect dialect) {
        this.dialect = dialect;
    }

    public Event event(ResultSet row) throws SQLException {
        String step = row.getString("step_id");
        NewEvent fact = new NewEvent(
                new EventType(row.getString("type")),
                step == null ? null : new StepId(step),
                new Json(row.getString("payload")),
                new Actor(row.getString("actor")));
        return new Event(row.getLong("id"), run(row, "run_id"), row.getLong("seq"), fact, time(row, "created_at"));
    }

    public RunView runView(ResultSet row) throws SQLException {
        String node = row.getString("node");
        String last = row.getString("last_payload");
        return new RunView(
                run(row, "id"),
                spec(row),
                runRow(row),
                new Owner(node == null ? null : new NodeId(node), row.getLong("epoch")),
                new RunView.Totals(row.getLong("last_seq"), UsageText.parse(row.getString("usage"))),
                times(row),
                new RunView.Payloads(new Json(row.getString("first_payload")), last == null ? null : new Json(last)));
    }

    private RunSpec spec(ResultSet row) throws SQLException {
        return new RunSpec(
                workflow(row),
                new QueueSlot(row.getString("queue"), row.getInt("priority")),
                row.getString("name"),
                Labels.parse(row.getString("labels")),
                new Lineage(nullableRun(row, "parent_run_id"), nullableRun(row, "forked_from")),
                row.getString("idempotency_key"));
    }

    private RunRow runRow(ResultSet row) throws SQLException {
        return new RunRow(
                RunStatus.valueOf(row.getString("status")),
                waiting(row),
                dialect.instant(row, "wake_at"),
                row.getBoolean("cancel_requested"),
                row.getBoolean("pause_requested"),
                row.getInt("recoveries"));
    }

    private static @Nullable Waiting waiting(ResultSet row) throws SQLException {
        String waiting = row.getString("waiting");
        return waiting == null ? null : Waiting.valueOf(waiting);
    }

    public StepView stepView(ResultSet row) throws SQLException {
        StepRow step = new StepRow(
                new StepId(row.getString("id")),
                row.getString("name"),
                row.getString("kind"),
                StepStatus.valueOf(row.getString("status")),
                row.getInt("attempts"),
                row.getLong("started_seq"),
                row.getLong("outcome_seq"));
        String outcome = row.getString("outcome");
        return new StepView(
                run(row, "run_id"), step, times(row), outcome == null ? null : new Json(outcome), spending(row));
    }

    /** The numbers of a step without a row of usage are null, which JDBC gives as 0. */
    private static Spending spending(ResultSet row) throws SQLException {
        String cost = row.getString("cost_usd");
        return new Spending(
                row.getLong("calls"),
                new Usage(row.getLong("input_tokens"), row.getLong("output_tokens")),
                cost == null ? null : new BigDecimal(cost));
    }

    public ArtifactView artifactView(ResultSet row) throws SQLException {
        String step = row.getString("step_id");
        ArtifactRow artifact = new ArtifactRow(
                new ArtifactId(dialect.uuid(row, "id")),
                step == null ? null : new StepId(step),
                row.getString("name"),
                row.getString("kind"),
                row.getString("media_type"),
                new Blob(row.getLong("size"), row.getString("sha256"), row.getString("uri")));
        return new ArtifactView(run(row, "run_id"), artifact, time(row, "created_at"));
    }

    public NodeView nodeView(ResultSet row) throws SQLException {
        return new NodeView(
                new NodeId(row.getString("id")),
                time(row, "started_at"),
                time(row, "last_heartbeat"),
                row.getInt("capacity"),
                row.getInt("runs_held"));
    }

    public Unfinished unfinished(ResultSet row) throws SQLException {
        return new Unfinished(
                workflow(row), RunStatus.valueOf(row.getString("status")), waiting(row), row.getLong("runs"));
    }

    public Backlog backlog(ResultSet row) throws SQLException {
        return new Backlog(row.getString("queue"), row.getLong("ready"), time(row, "oldest"));
    }

    public WorkflowRef workflow(ResultSet row) throws SQLException {
        return new WorkflowRef(row.getString("workflow"), row.getString("version"));
    }

    public RunId run(ResultSet row, String column) throws SQLException {
        return new RunId(dialect.uuid(row, column));
    }

    /** A moment that is never null. */
    public Instant time(ResultSet row, String column) throws SQLException {
        Instant moment = dialect.instant(row, column);
        if (moment == null) {
            throw new SQLException("Column " + column + " is null; the schema forbids that");
        }
        return moment;
    }

    private @Nullable RunId nullableRun(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : run(row, column);
    }

    private Times times(ResultSet row) throws SQLException {
        return new Times(
                time(row, "created_at"), dialect.instant(row, "started_at"), dialect.instant(row, "finished_at"));
    }
}
