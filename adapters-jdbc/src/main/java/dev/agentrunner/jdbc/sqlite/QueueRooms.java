package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.queue.Rate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one claim may still take from queues that have limits. */
final class QueueRooms {

    private static final class Room {
        long runs;
        long firstClaims;
    }

    private final Session session;
    private final Map<String, Room> rooms = new HashMap<>();

    QueueRooms(Session session, List<QueueLimit> limits, long now) throws SQLException {
        this.session = session;
        for (QueueLimit limit : limits) {
            Room room = new Room();
            Integer everywhere = limit.everywhere();
            room.runs = everywhere == null ? limit.room() : Math.min(limit.room(), everywhere - held(limit.queue()));
            Rate rate = limit.rate();
            room.firstClaims = rate == null ? Long.MAX_VALUE : rate.runs() - firstClaims(limit.queue(), rate, now);
            rooms.put(limit.queue(), room);
        }
    }

    /** How many runs of a lane could be taken. */
    long left(ReadyLane lane) {
        Room room = rooms.get(lane.queue());
        if (room == null) {
            return Long.MAX_VALUE;
        }
        return lane.fresh() ? Math.min(room.runs, room.firstClaims) : room.runs;
    }

    /** Whether a run of the lane may be taken; counts it if so. */
    boolean take(ReadyLane lane) {
        if (left(lane) <= 0) {
            return false;
        }
        Room room = rooms.get(lane.queue());
        if (room != null) {
            room.runs--;
            room.firstClaims -= lane.fresh() ? 1 : 0;
        }
        return true;
    }

    private long held(String queue) throws SQLException {
        PreparedStatement statement =
                session.prepare("SELECT count(*) FROM ar_runs WHERE node IS NOT NULL AND queue = ?");
        statement.setString(1, queue);
        return number(statement);
    }

    private long firstClaims(String queue, Rate rate, long now) throws SQLException {
        PreparedStatement statement =
                session.prepare("SELECT count(*) FROM ar_runs WHERE queue = ? AND claimed_at > ?");
        statement.setString(1, queue);
        statement.setLong(2, windowStart(rate.period(), now));
        return number(statement);
    }

    /** A period that reaches back beyond all time counts everything. */
    private static long windowStart(Duration period, long now) {
        if (period.compareTo(Duration.ofMillis(Long.MAX_VALUE)) >= 0) {
            return Long.MIN_VALUE;
        }
        long millis = period.plusNanos(999_999).toMillis();
        return now - millis;
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
