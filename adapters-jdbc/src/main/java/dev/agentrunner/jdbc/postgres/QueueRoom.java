package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.queue.QueueLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many runs of a limited queue may be claimed now.
 *
 * @param room of any kind
 * @param first of those that were never claimed before
 */
record QueueRoom(String queue, int room, int first) {

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('agent-runner/queue/' || current_schema() || '/' || ?, 0))";
    private static final String HELD = "SELECT count(*) FROM ar_runs WHERE node IS NOT NULL AND queue = ?";
    private static final String STARTED = "SELECT count(*) FROM ar_runs WHERE queue = ?"
            + " AND claimed_at > clock_timestamp() - ? * interval '1 millisecond'";

    /**
     * Counts under a lock per queue, held until the transaction ends, so that two nodes do not both take the last
     * place. The locks are taken in the order of the names.
     */
    static List<QueueRoom> of(Connection connection, List<QueueLimit> limits) throws SQLException {
        List<QueueLimit> sorted =
                limits.stream().sorted(Comparator.comparing(QueueLimit::queue)).toList();
        Script locks = new Script(connection);
        boolean shared = false;
        for (QueueLimit limit : sorted) {
            if (limit.room() > 0 && (limit.everywhere() != null || limit.rate() != null)) {
                locks.query(row -> {}, LOCK, limit.queue());
                shared = true;
            }
        }
        if (shared) {
            locks.run();
        }
        List<QueueRoom> rooms = new ArrayList<>();
        for (QueueLimit limit : sorted) {
            rooms.add(of(connection, limit));
        }
        return rooms;
    }

    private static QueueRoom of(Connection connection, QueueLimit limit) throws SQLException {
        long room = limit.room();
        if (room > 0 && limit.everywhere() != null) {
            room = Math.min(room, limit.everywhere() - count(connection, HELD, limit.queue()));
        }
        long first = room;
        if (room > 0 && limit.rate() != null) {
            long millis = Moments.millis(limit.rate().period());
            first = Math.min(room, limit.rate().runs() - count(connection, STARTED, limit.queue(), millis));
        }
        return new QueueRoom(limit.queue(), (int) Math.max(0, room), (int) Math.max(0, first));
    }

    private static long count(Connection connection, String query, Object... values) throws SQLException {
        long[] count = new long[1];
        new Script(connection)
                .query(row -> count[0] = row.getLong(1), query, values)
                .run();
        return count[0];
    }
}
