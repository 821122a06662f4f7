package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Connections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;

/**
 * Knows up to which event id nothing can appear any more. Ids are drawn before their transaction commits, so a reader
 * of bare ids would skip those that commit late.
 *
 * <p>A writer has its transaction id before it draws event ids. So: read the highest id v that was drawn; THEN take a
 * transaction id x. Whoever drew an id ≤ v has a smaller transaction id than x, and once the oldest transaction
 * still running is not below x, all ids ≤ v are settled. The xmax of a snapshot would not do in place of x: it is one
 * more than the last <em>finished</em> transaction, so running ones may lie above it.
 *
 * <p>Never blocks: what is not settled yet is looked at again in the next call. A transaction id is taken only when ids
 * were drawn since the last one. Thread-safe.
 */
public final class FeedHorizon {

    private static final String DRAWN = "SELECT last_value, is_called FROM ar_event_ids";
    private static final String BOUND = "SELECT pg_current_xact_id()::text";
    private static final String OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text";
    private static final int LONGEST_QUEUE = 32;

    private final Connections connections;

    /** Ids and bounds that wait until they are settled, both growing; guarded by this. */
    private final ArrayDeque<Mark> waiting = new ArrayDeque<>();

    /** Guarded by this. */
    private long settled;

    public FeedHorizon(Connections connections) {
        this.connections = connections;
    }

    private record Mark(long id, long bound) {}

    /** The highest id known to be settled now. */
    long settled() {
        return connections.read(this::look);
    }

    private long look(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long drawn = drawn(statement);
            if (wants(drawn)) {
                add(new Mark(drawn, number(statement, BOUND)));
            }
            return drawn <= known() ? known() : settle(number(statement, OLDEST));
        }
    }

    private synchronized boolean wants(long drawn) {
        long last = waiting.isEmpty() ? settled : waiting.getLast().id();
        return drawn > last && waiting.size() < LONGEST_QUEUE;
    }

    private synchronized void add(Mark mark) {
        if (waiting.isEmpty()
                || (mark.id() > waiting.getLast().id()
                        && mark.bound() >= waiting.getLast().bound())) {
            waiting.add(mark);
        }
    }

    private synchronized long known() {
        return settled;
    }

    private synchronized long settle(long oldestRunning) {
        while (!waiting.isEmpty() && waiting.getFirst().bound() <= oldestRunning) {
            settled = Math.max(settled, waiting.removeFirst().id());
        }
        return settled;
    }

    private static long drawn(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(DRAWN)) {
            row.next();
            return row.getBoolean("is_called") ? row.getLong("last_value") : 0;
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Long.parseLong(row.getString(1));
        }
    }
}
