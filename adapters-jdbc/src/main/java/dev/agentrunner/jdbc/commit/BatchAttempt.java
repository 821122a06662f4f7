package dev.agentrunner.jdbc.commit;

import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes a batch whatever happens: outlasts outages, and finds the commit that the database refuses.
 *
 * <p>An {@link Error}, for instance for want of memory, is taken for an outage at first: only the same batch again finds
 * out whether the writer got as far as its COMMIT. One that comes back is treated like a refusal, because a single commit
 * may be to blame, such as one that is too large; but nobody is blamed without some patience.
 */
final class BatchAttempt {

    private static final int ERRORS_OF_A_BATCH = 2;
    private static final int ERRORS_OF_A_COMMIT = 6;

    private final BatchWriter writer;
    private final Dialect dialect;
    private final Outage outage;
    private final Telling telling;

    BatchAttempt(BatchWriter writer, Dialect dialect, Outage outage, Telling telling) {
        this.writer = writer;
        this.dialect = dialect;
        this.outage = outage;
        this.telling = telling;
    }

    void settle(List<Pending> batch) {
        List<Commit> commits = batch.stream().map(Pending::commit).toList();
        List<AppendOutcome> outcomes = null;
        int errors = 0;
        for (int failures = 1; outcomes == null; failures++) {
            try {
                outcomes = writer.write(commits);
            } catch (SQLException e) {
                if (dialect.refuses(e)) {
                    refused(batch, e);
                    return;
                }
                if (!outage.pause(failures, e)) {
                    telling.closed(batch);
                    return;
                }
            } catch (RuntimeException | Error e) {
                // Perhaps it was written all the same: the same batch once more finds out.
                errors++;
                boolean lasting = batch.size() == 1 && e instanceof Error;
                if (errors == (lasting ? ERRORS_OF_A_COMMIT : ERRORS_OF_A_BATCH) || !outage.pause(failures, e)) {
                    refused(batch, e);
                    return;
                }
            }
        }
        outage.over();
        telling.written(batch, commits, outcomes);
    }

    /** Only the guilty commit may fail: halves get transactions of their own until it stands alone. */
    private void refused(List<Pending> batch, Throwable reason) {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            settle(batch.subList(0, half));
            settle(batch.subList(half, batch.size()));
        } else {
            String what = reason instanceof Error ? reason.toString() : String.valueOf(reason.getMessage());
            telling.refused(batch.get(0), new AppendOutcome.Illegal(what));
        }
    }

    /** Gives up on what cannot even be told. */
    void abandon(List<Pending> batch, Throwable reason) {
        telling.abandoned(batch, reason);
    }

    void close() {
        writer.close();
    }
}
