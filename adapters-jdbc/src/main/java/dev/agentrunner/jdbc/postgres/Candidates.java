package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.ClaimRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds and locks the runs that a node may take, passing over those that another node is taking. */
final class Candidates {

    private static final Comparator<Ready> ORDER = Comparator.comparing(Ready::priority, Comparator.reverseOrder())
            .thenComparing(Ready::since)
            .thenComparing(Ready::run);

    /**
     * Priorities that have entries are hopped through by index, highest first; within one, those that became ready
     * first come first. So neither a long queue nor many runs that wait for their time cost anything. The OFFSET keeps
     * the planner from a join with the workflows, behind which it would have to sort the whole queue.
     */
    private static final String READY = """
            WITH RECURSIVE p (priority) AS (
                (SELECT r.priority FROM ar_runs r WHERE r.ready_at IS NOT NULL ORDER BY r.priority DESC LIMIT 1)
                UNION ALL
                SELECT (SELECT r.priority FROM ar_runs r WHERE r.ready_at IS NOT NULL AND r.priority < p.priority
                    ORDER BY r.priority DESC LIMIT 1)
                FROM p WHERE p.priority IS NOT NULL)
            SELECT c.* FROM p CROSS JOIN LATERAL (
                SELECT r.id, r.queue, r.priority, r.ready_at, r.epoch, r.last_seq, r.status FROM ar_runs r
                WHERE r.priority = p.priority
                    AND r.ready_at <= (SELECT date_trunc('milliseconds', clock_timestamp()))
                    AND EXISTS (SELECT FROM unnest(?::text[], ?::text[]) u (workflow, version)
                        WHERE u.workflow = r.workflow AND u.version = r.version OFFSET 0)
                    AND %s
                ORDER BY r.ready_at, r.id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED) c
            WHERE p.priority IS NOT NULL LIMIT ?""";

    private static final String ANY = READY.formatted("true");
    private static final String UNLIMITED = READY.formatted("r.queue <> ALL (?)");
    private static final String FIRST = READY.formatted("r.queue = ? AND r.claimed_at IS NULL");
    private static final String AGAIN = READY.formatted("r.queue = ? AND r.claimed_at IS NOT NULL");

    private final Script script;
    private final ClaimRequest request;
    private final List<Ready> found = new ArrayList<>();

    /** A locked run as it is before the claim. */
    record Ready(
            RunId run, String queue, int priority, OffsetDateTime since, long epoch, long lastSeq, RunStatus status) {

        boolean isQueued() {
            return status == RunStatus.QUEUED;
        }
    }

    private Candidates(Script script, ClaimRequest request) {
        this.script = script;
        this.request = request;
    }

    /** Begins the transaction; where no queue has a limit, that and the search are one round trip. */
    static List<Ready> lock(Connection connection, ClaimRequest request) throws SQLException {
        Script script = Script.transaction(connection);
        List<QueueRoom> rooms = List.of();
        if (!request.limits().isEmpty()) {
            script.run();
            rooms = QueueRoom.of(connection, request.limits());
            script = new Script(connection);
        }
        Candidates candidates = new Candidates(script, request);
        if (rooms.isEmpty()) {
            candidates.find(ANY, request.max());
        } else {
            List<String> limited = rooms.stream().map(QueueRoom::queue).toList();
            candidates.find(UNLIMITED, request.max(), script.column("text", limited, queue -> queue));
            for (QueueRoom room : rooms) {
                candidates.find(FIRST, room.first(), room.queue());
                candidates.find(AGAIN, room.room(), room.queue());
            }
        }
        script.run();
        return candidates.best(rooms);
    }

    /** Asks even for none: so there is one text for so many limited queues, not one for each state that they are in. */
    private void find(String query, int atMost, @Nullable Object... values) throws SQLException {
        int limit = Math.min(atMost, request.max());
        List<WorkflowRef> workflows = List.copyOf(request.workflows());
        List<@Nullable Object> all = new ArrayList<>();
        all.add(script.column("text", workflows, WorkflowRef::name));
        all.add(script.column("text", workflows, WorkflowRef::version));
        for (Object value : values) {
            all.add(value);
        }
        all.add(limit);
        all.add(limit);
        script.query(
                row -> found.add(new Ready(
                        new RunId(row.getObject("id", UUID.class)),
                        row.getString("queue"),
                        row.getInt("priority"),
                        row.getObject("ready_at", OffsetDateTime.class),
                        row.getLong("epoch"),
                        row.getLong("last_seq"),
                        RunStatus.valueOf(row.getString("status")))),
                query,
                all.toArray());
    }

    private List<Ready> best(List<QueueRoom> rooms) {
        Map<String, Integer> left = new HashMap<>();
        rooms.forEach(room -> left.put(room.queue(), room.room()));
        List<Ready> best = new ArrayList<>();
        found.sort(ORDER);
        for (Ready ready : found) {
            int room = left.getOrDefault(ready.queue(), Integer.MAX_VALUE);
            if (best.size() < request.max() && room > 0) {
                left.put(ready.queue(), room - 1);
                best.add(ready);
            }
        }
        return best;
    }
}
