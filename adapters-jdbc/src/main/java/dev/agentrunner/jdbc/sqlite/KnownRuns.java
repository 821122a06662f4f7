package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of runs under way as the batches before left them, so that they need not be read for every commit. Whatever
 * else writes to the database, in this process or another, makes all of it void. Used by one thread.
 */
final class KnownRuns {

    private static final int MOST = 10_000;

    private final Map<RunId, RunState> runs;
    private final @Nullable Stamp stamp;

    /** Moves with every change, by this connection or any other one. */
    private record Stamp(Session session, long ours, long others) {

        static Stamp now(Session session) throws SQLException {
            return new Stamp(
                    session, number(session, "SELECT total_changes()"), number(session, "PRAGMA data_version"));
        }

        private static long number(Session session, String sql) throws SQLException {
            try (ResultSet row = session.prepare(sql).executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private KnownRuns(Map<RunId, RunState> runs, @Nullable Stamp stamp) {
        this.runs = runs;
        this.stamp = stamp;
    }

    static KnownRuns none() {
        return new KnownRuns(new HashMap<>(), null);
    }

    /** These, or none if something else was written meanwhile. Within a transaction. */
    KnownRuns ifCurrent(Session session) throws SQLException {
        return stamp != null && stamp.equals(Stamp.now(session)) ? this : none();
    }

    /** The caller may change what it takes; it is not known here any more. */
    @Nullable RunState take(RunId run) {
        return runs.remove(run);
    }

    /** Those that are left here together with those of a batch that is written, but not committed yet. */
    KnownRuns with(Session session, Collection<@Nullable RunState> written) throws SQLException {
        Map<RunId, RunState> known = runs.size() < MOST ? runs : new HashMap<>();
        for (RunState run : written) {
            if (run != null && !run.isTerminal()) {
                known.put(run.id, run.written());
            }
        }
        return new KnownRuns(known, Stamp.now(session));
    }
}
