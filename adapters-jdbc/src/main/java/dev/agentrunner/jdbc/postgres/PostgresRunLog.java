package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.jdbc.sql.Slices;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The log, with a feed that holds back what is not settled, and a way to read many runs that goes by index. */
public final class PostgresRunLog implements RunLog {

    private static final String ALL = "SELECT id, run_id, seq, type, step_id, payload, actor, created_at FROM ar_events"
            + " WHERE run_id = ANY (?) ORDER BY run_id, seq";

    private final RunLog shared;
    private final Connections connections;
    private final PostgresDialect dialect;
    private final FeedHorizon horizon;
    private final Rows rows;

    /**
     * Puts a feed beside the shared rest.
     *
     * @param shared everything but that
     */
    public PostgresRunLog(RunLog shared, Connections connections, PostgresDialect dialect) {
        this.shared = shared;
        this.connections = connections;
        this.dialect = dialect;
        this.horizon = new FeedHorizon(connections);
        this.rows = new Rows(dialect);
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        return shared.append(commit);
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return shared.read(run, afterSeq, limit);
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        Map<RunId, List<Event>> events = new LinkedHashMap<>();
        for (List<RunId> slice : Slices.of(runs)) {
            connections
                    .read(connection -> readAll(connection, slice))
                    .forEach(event -> events.computeIfAbsent(event.run(), run -> new ArrayList<>())
                            .add(event));
        }
        return events;
    }

    private List<Event> readAll(Connection connection, List<RunId> runs) throws SQLException {
        List<Event> events = new ArrayList<>();
        Script script = Script.reading(connection);
        script.query(row -> events.add(rows.event(row)), ALL, script.column("uuid", runs, RunId::value))
                .run();
        return events;
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        long settled = horizon.settled();
        if (settled <= afterId) {
            return List.of();
        }
        Query query = new Query(dialect)
                .add(
                        "SELECT id, run_id, seq, type, step_id, payload, actor, created_at FROM ar_events"
                                + " WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
                        afterId,
                        settled,
                        Math.max(0, limit));
        return connections.read(connection -> query.list(connection, rows::event));
    }

    @Override
    public long feedEnd() {
        Query query = new Query(dialect)
                .add("SELECT coalesce(max(id), 0) AS last_id FROM ar_events WHERE id <= ?", horizon.settled());
        return connections
                .read(connection -> query.list(connection, row -> row.getLong("last_id")))
                .get(0);
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return shared.follow(listener);
    }
}
