package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Looks up what is stored, within a transaction. */
final class StoredRuns {

    private final Session session;

    StoredRuns(Session session) {
        this.session = session;
    }

    @Nullable RunState run(RunId id) throws SQLException {
        PreparedStatement statement = session.prepare(
                "SELECT status, recoveries, ready_at, node, epoch, last_seq, woken" + " FROM ar_runs WHERE id = ?");
        statement.setString(1, id.toString());
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            RunState state = RunState.stored(id, RunStatus.valueOf(row.getString(1)), row.getInt(2));
            long readyAt = row.getLong(3);
            state.readyAt = row.wasNull() ? null : readyAt;
            state.node = row.getString(4);
            state.epoch = row.getLong(5);
            state.lastSeq = row.getLong(6);
            state.woken = row.getInt(7) != 0;
            return state;
        }
    }

    @Nullable RunId byKey(String idempotencyKey) throws SQLException {
        PreparedStatement statement = session.prepare("SELECT run_id FROM ar_run_details WHERE idempotency_key = ?");
        statement.setString(1, idempotencyKey);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? RunId.parse(row.getString(1)) : null;
        }
    }
}
