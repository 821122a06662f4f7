package dev.agentrunner.jdbc.commit;

import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.SQLException;
import java.util.List;

/** Writes a batch whatever happens: outlasts outages, and finds the commit that the database refuses. */
final class BatchAttempt {

    private final BatchWriter writer;
    private final Dialect dialect;
    private final Outage outage;
    private final Followers followers;

    BatchAttempt(BatchWriter writer, Dialect dialect, Outage outage, Followers followers) {
        this.writer = writer;
        this.dialect = dialect;
        this.outage = outage;
        this.followers = followers;
    }

    void settle(List<Pending> batch) {
        List<Commit> commits = batch.stream().map(Pending::commit).toList();
        for (int failures = 1; ; failures++) {
            try {
                List<AppendOutcome> outcomes = writer.write(commits);
                outage.over();
                complete(batch, commits, outcomes);
                return;
            } catch (SQLException e) {
                if (dialect.refuses(e)) {
                    refused(batch, e);
                    return;
                }
                if (!outage.pause(failures, e)) {
                    StoreClosedException closed = new StoreClosedException(dialect.describe());
                    batch.forEach(pending -> pending.outcome().completeExceptionally(closed));
                    return;
                }
            } catch (RuntimeException e) {
                refused(batch, e);
                return;
            }
        }
    }

    /** Only the guilty commit may fail: halves get transactions of their own until it stands alone. */
    private void refused(List<Pending> batch, Exception reason) {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            settle(batch.subList(0, half));
            settle(batch.subList(half, batch.size()));
        } else {
            batch.get(0).outcome().complete(new AppendOutcome.Illegal(String.valueOf(reason.getMessage())));
        }
    }

    private void complete(List<Pending> batch, List<Commit> commits, List<AppendOutcome> outcomes) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).outcome().complete(outcomes.get(i));
        }
        followers.tell(Hints.of(commits, outcomes));
    }

    void close() {
        writer.close();
    }
}
