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

/** Purges each run in a transaction of its own: that can be interrupted anywhere, and holds nobody up for long. */
public final class SqlRetention implements RunRetention {

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

    @Override
    public List<RunId> purgeFinishedBefore(Instant moment, int max) {
        Query oldest = new Query(dialect)
                .add("SELECT id FROM ar_runs WHERE finished_at IS NOT NULL AND finished_at < ?", moment)
                .add("ORDER BY finished_at, id LIMIT ?", Math.max(0, max));
        List<RunId> candidates = connections.read(connection -> oldest.list(connection, row -> rows.run(row, "id")));
        List<RunId> purged = new ArrayList<>();
        for (RunId run : candidates) {
            if (purge(run)) {
                purged.add(run);
            }
        }
        return purged;
    }

    @Override
    public boolean purge(RunId run) {
        return connections.write(connection -> purge(connection, run));
    }

    /** The tombstone comes first: without one, the database refuses the deletes. */
    private boolean purge(Connection connection, RunId run) throws SQLException {
        int buried = new Query(dialect)
                .add(
                        "INSERT INTO ar_tombstones (run_id, workflow, version, status, last_seq, finished_at, purged_at)"
                                + " SELECT id, workflow, version, status, last_seq, finished_at, ? FROM ar_runs"
                                + " WHERE id = ? AND finished_at IS NOT NULL"
                                + " AND NOT EXISTS (SELECT 1 FROM ar_tombstones t WHERE t.run_id = ?)",
                        dialect.now(connection),
                        run.value(),
                        run.value())
                .update(connection);
        if (buried == 0) {
            return false;
        }
        for (String part : PARTS) {
            new Query(dialect)
                    .add("DELETE FROM " + part + " WHERE run_id = ?", run.value())
                    .update(connection);
        }
        new Query(dialect).add("DELETE FROM ar_runs WHERE id = ?", run.value()).update(connection);
        return true;
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
