package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks up what is stored, within a transaction; what is known already is not read again. */
final class StoredRuns {

    private final Session session;
    private final KnownRuns known;

    StoredRuns(Session session, KnownRuns known) {
        this.session = session;
        this.known = known;
    }

    @Nullable RunState run(RunId id) throws SQLException {
        RunState before = known.take(id);
        return before == null ? read(id) : before;
    }

    private @Nullable RunState read(RunId id) throws SQLException {
        PreparedStatement statement =
                session.prepare("SELECT status, waiting, wake_at, cancel_requested, pause_requested, recoveries,"
                        + " ready_at, node, epoch, last_seq, woken FROM ar_runs WHERE id = ?");
        statement.setString(1, id.toString());
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            RunState state = RunState.stored(id, runRow(row));
            state.readyAt = moment(row, 7);
            state.node = row.getString(8);
            state.epoch = row.getLong(9);
            state.lastSeq = row.getLong(10);
            state.woken = row.getInt(11) != 0;
            return state;
        }
    }

    private static RunRow runRow(ResultSet row) throws SQLException {
        String waiting = row.getString(2);
        Long wakeAt = moment(row, 3);
        return new RunRow(
                RunStatus.valueOf(row.getString(1)),
                waiting == null ? null : Waiting.valueOf(waiting),
                wakeAt == null ? null : Instant.ofEpochMilli(wakeAt),
                row.getInt(4) != 0,
                row.getInt(5) != 0,
                row.getInt(6));
    }

    private static @Nullable Long moment(ResultSet row, int column) throws SQLException {
        long moment = row.getLong(column);
        return row.wasNull() ? null : moment;
    }

    @Nullable RunId byKey(String idempotencyKey) throws SQLException {
        PreparedStatement statement = session.prepare("SELECT run_id FROM ar_run_details WHERE idempotency_key = ?");
        statement.setString(1, idempotencyKey);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? RunId.parse(row.getString(1)) : null;
        }
    }
}
