package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.sql.SQLException;
import java.util.List;

/** Writes batches into one database; used by one thread. */
public interface BatchWriter extends AutoCloseable {

    /**
     * Writes all commits of a batch in one transaction. Several commits of one run stand in the order in which they
     * take effect, each on top of the one before.
     *
     * <p>After a failure nothing of the batch is written, or else the next call finds out that it was: a commit whose
     * fate is unknown is resolved here, never by the caller.
     *
     * @return durable outcomes, one for each commit, in order
     * @throws SQLException the database refuses the batch or cannot be reached; {@link
     *     dev.agentrunner.jdbc.sql.Dialect#refuses} tells which
     */
    List<AppendOutcome> write(List<Commit> batch) throws SQLException;

    /** Gives the connection back; closing again does nothing. */
    @Override
    void close();
}
