package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.commit.BatchWriter;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch in two round trips, the COMMIT among them. The run rows are locked first, in the order of their ids,
 * so writers do not deadlock, and all verdicts hold until the COMMIT.
 *
 * <p>When the second one is not answered, the database may or may not have committed. The next call waits until that
 * transaction is over, looks for one of its rows, and writes again only what is known not to be there.
 */
public final class PostgresBatchWriter implements BatchWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBatchWriter.class);

    /** Races on ids and keys are lost once each, unless somebody creates and purges runs all the time. */
    private static final int ATTEMPTS = 5;

    /** The moment tells transactions of one id apart; there is more than one after a crash. */
    private static final String WRITTEN = "SELECT EXISTS (SELECT FROM ar_events WHERE run_id = ? AND seq = ?"
            + " AND created_at = ? AND xmin = ?::xid8::xid)";

    private final LaneConnection lane;
    private final PostgresDialect dialect;
    private final AtomicLong ambiguous;
    private @Nullable Unresolved unresolved;

    /**
     * A writer that connects when it is first used.
     *
     * @param ambiguous counts COMMITs whose fate had to be asked for
     */
    public PostgresBatchWriter(DataSource database, PostgresDialect dialect, AtomicLong ambiguous) {
        this.lane = new LaneConnection(database, false, LaneConnection.READ_TIMEOUT_MILLIS);
        this.dialect = dialect;
        this.ambiguous = ambiguous;
    }

    /** Writes that were sent with their COMMIT; {@code first} is one of the rows that it makes visible, or not. */
    private record Unresolved(
            String transaction,
            OffsetDateTime moment,
            EventLine first,
            List<Commit> batch,
            List<AppendOutcome> outcomes) {}

    @Override
    public List<AppendOutcome> write(List<Commit> batch) throws SQLException {
        List<AppendOutcome> outcomes = resolve(batch);
        for (int attempt = 1; outcomes == null; attempt++) {
            try {
                outcomes = attempt(batch, attempt > 1);
            } catch (SQLException e) {
                lane.recover();
                if (dialect.abandons(e)) {
                    unresolved = null;
                }
                if (attempt == ATTEMPTS || !dialect.refuses(e)) {
                    throw e;
                }
            } catch (RuntimeException | Error e) {
                lane.discard();
                throw e;
            }
        }
        return outcomes;
    }

    private List<AppendOutcome> attempt(List<Commit> batch, boolean readEverything) throws SQLException {
        Connection connection = lane.get();
        Known known = BatchReads.lock(connection, batch, readEverything);
        Verdicts verdicts = new Verdicts(known);
        List<AppendOutcome> outcomes = new ArrayList<>(batch.size());
        for (Commit commit : batch) {
            outcomes.add(verdicts.judge(commit));
        }
        if (verdicts.events.isEmpty()) {
            connection.rollback();
            return outcomes;
        }
        OffsetDateTime moment = Moments.stored(known.now);
        unresolved = new Unresolved(known.transaction, moment, verdicts.events.get(0), batch, outcomes);
        BatchWrites.commit(connection, verdicts, moment);
        unresolved = null;
        return outcomes;
    }

    /** Outcomes if the last call wrote this batch after all; null if there is nothing to resolve, or it did not. */
    private @Nullable List<AppendOutcome> resolve(List<Commit> batch) throws SQLException {
        Unresolved last = unresolved;
        if (last == null) {
            return null;
        }
        boolean written = isWritten(last);
        unresolved = null;
        ambiguous.incrementAndGet();
        LOG.atInfo()
                .addKeyValue("transaction", last.transaction())
                .addKeyValue("written", written)
                .log("The answer to a commit was lost; the database knows how it ended");
        return written && last.batch().equals(batch) ? last.outcomes() : null;
    }

    private boolean isWritten(Unresolved last) throws SQLException {
        lane.discard();
        if ("in progress".equals(fate(last.transaction()))) {
            throw new SQLTransientException("Transaction " + last.transaction() + " has not ended yet");
        }
        boolean[] written = new boolean[1];
        new Script(lane.get())
                .query(
                        row -> written[0] = row.getBoolean(1),
                        WRITTEN,
                        last.first().run().value(),
                        last.first().seq(),
                        last.moment(),
                        last.transaction())
                .run();
        lane.recover();
        return written[0];
    }

    private @Nullable String fate(String transaction) throws SQLException {
        String[] fate = new String[1];
        try {
            new Script(lane.get())
                    .query(row -> fate[0] = row.getString(1), "SELECT pg_xact_status(?::xid8)", transaction)
                    .run();
            lane.recover();
            return fate[0];
        } catch (SQLException e) {
            lane.discard();
            // An id from the future: this server never saw the transaction, such as a standby that took over.
            if (dialect.refuses(e)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        lane.close();
    }
}
