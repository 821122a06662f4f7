package dev.agentrunner.jdbc.read;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Cursors;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.jdbc.sql.Slices;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalog in SQL that both databases understand; every answer is one statement, so it is one snapshot. */
public final class SqlRunCatalog implements RunCatalog {

    private static final String ARTIFACTS = "SELECT a.id, a.run_id, a.step_id, a.name, a.kind, a.media_type, a.size,"
            + " a.sha256, a.uri, a.created_at FROM ar_artifacts a WHERE a.run_id = ?";

    static final String UNFINISHED = "SELECT workflow, version, status, waiting, count(*) AS runs FROM ar_runs"
            + " WHERE status = 'QUEUED' OR status = 'RUNNING' GROUP BY workflow, version, status, waiting";

    /** Whoever is held, asleep for good or over has no ready_at, and is in none of the indexes on it. */
    static final String BACKLOG = "SELECT queue, count(*) AS ready, min(ready_at) AS oldest FROM ar_runs"
            + " WHERE ready_at IS NOT NULL AND ready_at <= ? GROUP BY queue ORDER BY queue";

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;

    public SqlRunCatalog(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    @Override
    public Optional<RunView> run(RunId run) {
        return list(RunQuerySql.one(dialect, run), rows::runView).stream().findFirst();
    }

    @Override
    public Page<RunView> runs(RunQuery query) {
        int limit = query.page().limit();
        List<RunView> found = list(RunQuerySql.page(dialect, query), rows::runView);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<RunView> items = found.subList(0, limit);
        return new Page<>(items, Cursors.after(items.get(limit - 1).id()));
    }

    @Override
    public Map<RunStatus, Long> counts() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        Query query = query("SELECT status, count(*) AS runs FROM ar_runs GROUP BY status");
        list(query, row -> counts.put(RunStatus.valueOf(row.getString("status")), row.getLong("runs")) == null);
        return counts;
    }

    @Override
    public List<Unfinished> unfinished() {
        return list(query(UNFINISHED), rows::unfinished);
    }

    @Override
    public List<Backlog> backlog() {
        return connections.read(
                connection -> query(BACKLOG, dialect.now(connection)).list(connection, rows::backlog));
    }

    @Override
    public List<StepView> steps(RunId run) {
        Query query = query(
                "SELECT s.run_id, s.id, s.name, s.kind, s.status, s.attempts, s.started_seq, s.outcome_seq,"
                        + " s.created_at, s.started_at, s.finished_at, o.payload AS outcome, u.calls, u.input_tokens, u.output_tokens,"
                        + " u.cost_usd FROM ar_steps s"
                        + " LEFT JOIN ar_usage u ON u.run_id = s.run_id AND u.step_id = s.id"
                        + " LEFT JOIN ar_events o ON o.run_id = s.run_id AND o.seq = s.outcome_seq"
                        + " WHERE s.run_id = ? ORDER BY s.started_seq, s.id",
                run.value());
        return list(query, rows::stepView);
    }

    @Override
    public List<ArtifactView> artifacts(RunId run) {
        return list(query(ARTIFACTS, run.value()).add("ORDER BY a.position"), rows::artifactView);
    }

    @Override
    public Optional<ArtifactView> artifact(RunId run, ArtifactId artifact) {
        Query query = query(ARTIFACTS, run.value()).add("AND a.id = ?", artifact.value());
        return list(query, rows::artifactView).stream().findFirst();
    }

    @Override
    public Set<String> listed(Collection<String> sha256) {
        Set<String> listed = new HashSet<>();
        for (List<String> slice : Slices.of(sha256)) {
            Query query = query("SELECT DISTINCT sha256 FROM ar_artifacts WHERE sha256 IN")
                    .addList(slice);
            listed.addAll(list(query, row -> row.getString("sha256")));
        }
        return listed;
    }

    @Override
    public List<NodeView> nodes() {
        return list(
                query("SELECT n.id, n.started_at, n.last_heartbeat, n.capacity,"
                        + " (SELECT count(*) FROM ar_runs r WHERE r.node = n.id) AS runs_held"
                        + " FROM ar_nodes n ORDER BY n.id"),
                rows::nodeView);
    }

    private Query query(String text, Object... values) {
        return new Query(dialect).add(text, values);
    }

    private <T> List<T> list(Query query, Query.RowMapper<T> mapper) {
        return connections.read(connection -> query.list(connection, mapper));
    }
}
