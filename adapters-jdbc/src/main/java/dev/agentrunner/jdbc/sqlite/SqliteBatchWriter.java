package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.commit.BatchWriter;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a batch in one transaction. */
final class SqliteBatchWriter implements BatchWriter {

    private final WriteSession writer;
    private final Dialect dialect;

    /** The batch before, as long as it is not known whether its COMMIT took effect. */
    private @Nullable Suspect suspect;

    SqliteBatchWriter(WriteSession writer, Dialect dialect) {
        this.writer = writer;
        this.dialect = dialect;
    }

    /** What was answered, and by which event to find out whether it holds. */
    private record Suspect(List<Commit> batch, List<AppendOutcome> outcomes, BatchRows.LastEvent last) {}

    @Override
    public List<AppendOutcome> write(List<Commit> batch) throws SQLException {
        List<AppendOutcome> outcomes = writer.transaction(session -> {
            Suspect before = suspect;
            if (before != null && before.batch == batch && landed(session, before.last)) {
                return before.outcomes;
            }
            return attempt(session, batch);
        });
        suspect = null;
        return outcomes;
    }

    private List<AppendOutcome> attempt(Session session, List<Commit> batch) throws SQLException {
        BatchDecision decision = new BatchDecision(
                new StoredRuns(session), dialect.now(session.connection).toEpochMilli());
        for (Commit commit : batch) {
            decision.take(commit);
        }
        BatchRows.LastEvent last = new BatchRows(session, decision).write();
        suspect = last == null ? null : new Suspect(batch, decision.outcomes(), last);
        return decision.outcomes();
    }

    private static boolean landed(Session session, BatchRows.LastEvent last) throws SQLException {
        PreparedStatement statement = session.prepare(
                "SELECT 1 FROM ar_events WHERE id = ? AND run_id = ? AND seq = ? AND actor = ? AND created_at = ?");
        statement.setLong(1, last.id());
        statement.setString(2, last.run().toString());
        statement.setLong(3, last.seq());
        statement.setString(4, last.actor().value());
        statement.setLong(5, last.createdAt());
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** The connection belongs to the store. */
    @Override
    public void close() {}
}
