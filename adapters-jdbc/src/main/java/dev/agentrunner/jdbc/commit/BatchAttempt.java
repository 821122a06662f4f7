package dev.agentrunner.jdbc.commit;

import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Writes a batch whatever happens: outlasts outages, and finds the commit that the database refuses.
 *
 * <p>An {@link Error}, for instance for want of memory, is taken for an outage at first: only the same batch again finds
 * out whether the writer got as far as its COMMIT. One that comes back is treated like a refusal, because a single commit
 * may be to blame, such as one that is too large; but nobody is blamed without some patience.
 *
 * <p>Who waits is told by another thread: to wake hundreds of threads takes about as long as to write their commits, and
 * the next batch can be written meanwhile.
 */
final class BatchAttempt {

    private static final int ERRORS_OF_A_BATCH = 2;
    private static final int ERRORS_OF_A_COMMIT = 6;

    private final BatchWriter writer;
    private final Dialect dialect;
    private final Outage outage;
    private final Followers followers;
    private final Executor telling;

    /**
     * @param telling tells outcomes, one after the other
     */
    BatchAttempt(BatchWriter writer, Dialect dialect, Outage outage, Followers followers, Executor telling) {
        this.writer = writer;
        this.dialect = dialect;
        this.outage = outage;
        this.followers = followers;
        this.telling = telling;
    }

    void settle(List<Pending> batch) {
        List<Commit> commits = batch.stream().map(Pending::commit).toList();
        List<AppendOutcome> outcomes = null;
        int errorsAllowed = batch.size() > 1 ? ERRORS_OF_A_BATCH : ERRORS_OF_A_COMMIT;
        for (int failures = 1; outcomes == null; failures++) {
            try {
                outcomes = writer.write(commits);
            } catch (SQLException e) {
                if (dialect.refuses(e)) {
                    refused(batch, e);
                    return;
                }
                if (!outage.pause(failures, e)) {
                    StoreClosedException closed = new StoreClosedException(dialect.describe());
                    List<Pending> left = List.copyOf(batch);
                    telling.execute(
                            () -> left.forEach(pending -> pending.outcome().completeExceptionally(closed)));
                    return;
                }
            } catch (RuntimeException e) {
                refused(batch, e);
                return;
            } catch (Error e) {
                errorsAllowed--;
                if (errorsAllowed == 0 || !outage.pause(failures, e)) {
                    refused(batch, e);
                    return;
                }
            }
        }
        outage.over();
        List<Pending> written = List.copyOf(batch);
        List<AppendOutcome> answers = outcomes;
        telling.execute(() -> complete(written, commits, answers));
    }

    /** Only the guilty commit may fail: halves get transactions of their own until it stands alone. */
    private void refused(List<Pending> batch, Throwable reason) {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            settle(batch.subList(0, half));
            settle(batch.subList(half, batch.size()));
        } else {
            String what = reason instanceof Error ? reason.toString() : String.valueOf(reason.getMessage());
            Pending guilty = batch.get(0);
            telling.execute(() -> guilty.outcome().complete(new AppendOutcome.Illegal(what)));
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
