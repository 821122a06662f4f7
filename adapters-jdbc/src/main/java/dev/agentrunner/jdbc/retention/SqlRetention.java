package dev.agentrunner.jdbc.retention;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Tombstone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Purges runs by the portion, in a transaction per portion: of so few events that it holds nobody up for long, and it
 * can be interrupted anywhere.
 */
public final class SqlRetention implements RunRetention {

    /** Of a portion; a run with more is a portion by itself. */
    private static final int EVENTS = 1_000;

    private static final List<String> PARTS =
            List.of("ar_events", "ar_steps", "ar_usage", "ar_artifacts", "ar_run_labels", "ar_run_details");

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;

    public SqlRetention(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    private record Finished(RunId run, long events) {}

    @Override
    public List<RunId> purgeFinishedBefore(Instant moment, int max) {
        Query oldest = new Query(dialect)
                .add("SELECT id, last_seq FROM ar_runs WHERE finished_at IS NOT NULL AND finished_at < ?", moment)
                .add("ORDER BY finished_at, id LIMIT ?", Math.max(0, max));
        List<Finished> candidates = connections.read(connection ->
                oldest.list(connection, row -> new Finished(rows.run(row, "id"), row.getLong("last_seq"))));
        List<RunId> purged = new ArrayList<>();
        for (List<RunId> portion : portions(candidates)) {
            purged.addAll(connections.write(connection -> purge(connection, portion)));
        }
        return purged;
    }

    @Override
    public boolean purge(RunId run) {
        return !connections.write(connection -> purge(connection, List.of(run))).isEmpty();
    }

    private static List<List<RunId>> portions(List<Finished> candidates) {
        List<List<RunId>> portions = new ArrayList<>();
        long room = 0;
        for (Finished next : candidates) {
            if (portions.isEmpty() || next.events > room) {
                portions.add(new ArrayList<>());
                room = EVENTS;
            }
            portions.get(portions.size() - 1).add(next.run);
            room -= next.events;
        }
        return portions;
    }

    /**
     * The tombstones come first: without them, the database refuses the deletes. One purge after the other: else one that
     * waits for another's tombstone goes on with runs that are gone, which the database refuses, too.
     */
    private List<RunId> purge(Connection connection, List<RunId> runs) throws SQLException {
        dialect.keepOut(connection, "ar_tombstones");
        Set<RunId> buried = Set.copyOf(new Query(dialect)
                .add(
                        "INSERT INTO ar_tombstones (run_id, workflow, version, status, last_seq, finished_at, purged_at)"
                                + " SELECT id, workflow, version, status, last_seq, finished_at, ? FROM ar_runs r"
                                + " WHERE finished_at IS NOT NULL"
                                + " AND NOT EXISTS (SELECT 1 FROM ar_tombstones t WHERE t.run_id = r.id) AND r.id IN",
                        dialect.now(connection))
                .addList(ids(runs))
                .add("RETURNING run_id")
                .list(connection, row -> rows.run(row, "run_id")));
        List<RunId> purged = runs.stream().filter(buried::contains).toList();
        if (!purged.isEmpty()) {
            for (String part : PARTS) {
                delete(connection, part, "run_id", purged);
            }
            delete(connection, "ar_runs", "id", purged);
        }
        return purged;
    }

    private void delete(Connection connection, String table, String key, List<RunId> runs) throws SQLException {
        new Query(dialect)
                .add("DELETE FROM " + table + " WHERE " + key + " IN")
                .addList(ids(runs))
                .update(connection);
    }

    private static List<UUID> ids(List<RunId> runs) {
        return runs.stream().map(RunId::value).toList();
    }

    @Override
    public Optional<Tombstone> tombstone(RunId run) {
        Query query = new Query(dialect)
                .add("SELECT run_id, workflow, version, status, last_seq, finished_at, purged_at")
                .add("FROM ar_tombstones WHERE run_id = ?", run.value());
        return connections
                .read(connection -> query.list(
                        connection,
                        row -> new Tombstone(
                                run,
                                rows.workflow(row),
                                RunStatus.valueOf(row.getString("status")),
                                row.getLong("last_seq"),
                                rows.time(row, "finished_at"),
                                rows.time(row, "purged_at"))))
                .stream()
                .findFirst();
    }
}
