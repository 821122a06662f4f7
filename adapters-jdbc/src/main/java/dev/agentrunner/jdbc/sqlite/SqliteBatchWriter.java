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

    /** As of the last batch that is known to have been committed. */
    private KnownRuns known = KnownRuns.none();

    SqliteBatchWriter(WriteSession writer, Dialect dialect) {
        this.writer = writer;
        this.dialect = dialect;
    }

    private record Written(List<AppendOutcome> outcomes, KnownRuns known) {}

    /** What was answered, and by which event to find out whether it holds. */
    private record Suspect(List<Commit> batch, List<AppendOutcome> outcomes, BatchRows.LastEvent last) {}

    @Override
    public List<AppendOutcome> write(List<Commit> batch) throws SQLException {
        KnownRuns before = known;
        known = KnownRuns.none();
        Written written = writer.transaction(session -> {
            Suspect last = suspect;
            if (last != null && last.batch == batch && landed(session, last.last)) {
                return new Written(last.outcomes, KnownRuns.none());
            }
            return attempt(session, batch, before.ifCurrent(session));
        });
        suspect = null;
        known = written.known;
        return written.outcomes;
    }

    private Written attempt(Session session, List<Commit> batch, KnownRuns before) throws SQLException {
        BatchDecision decision = new BatchDecision(
                new StoredRuns(session, before), dialect.now(session.connection).toEpochMilli());
        for (Commit commit : batch) {
            decision.take(commit);
        }
        BatchRows.LastEvent last = new BatchRows(session, decision).write();
        suspect = last == null ? null : new Suspect(batch, decision.outcomes(), last);
        return new Written(decision.outcomes(), before.with(session, decision.runs()));
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
