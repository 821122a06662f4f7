package dev.agentrunner.memory;

import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.queue.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one claim may still take from limited queues. */
final class QueueRoom {

    private static final class Room {
        long runs;
        long firstClaims;
    }

    private final Map<String, Room> rooms = new HashMap<>();

    QueueRoom(Tables tables, List<QueueLimit> limits, long now) {
        for (QueueLimit limit : limits) {
            Room room = new Room();
            room.runs = limit.everywhere() == null
                    ? limit.room()
                    : Math.min(limit.room(), limit.everywhere() - tables.tenancy.held(limit.queue()));
            room.firstClaims = limit.rate() == null
                    ? Long.MAX_VALUE
                    : limit.rate().runs() - recentFirstClaims(tables, limit.queue(), limit.rate(), now);
            rooms.put(limit.queue(), room);
        }
    }

    private static long recentFirstClaims(Tables tables, String queue, Rate rate, long now) {
        return tables.runs.values().stream()
                .filter(run -> run.spec.slot().queue().equals(queue) && wasClaimed(run))
                .filter(run -> Duration.ofMillis(now - run.tenancy.firstClaim()).compareTo(rate.period()) < 0)
                .count();
    }

    private static boolean wasClaimed(StoredRun run) {
        return run.tenancy.firstClaim() != Tenancy.NEVER;
    }

    /** Whether the run may be taken; counts it if so. */
    boolean take(StoredRun run) {
        Room room = rooms.get(run.spec.slot().queue());
        if (room == null) {
            return true;
        }
        boolean first = !wasClaimed(run);
        if (room.runs <= 0 || (first && room.firstClaims <= 0)) {
            return false;
        }
        room.runs--;
        if (first) {
            room.firstClaims--;
        }
        return true;
    }
}
