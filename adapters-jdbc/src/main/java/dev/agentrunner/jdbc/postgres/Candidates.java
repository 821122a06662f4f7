package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.RunId;
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
     * first come first. So neither a long queue nor many runs that wait for their time cost anything.
     */
    private static final String READY = """
            WITH RECURSIVE p (priority) AS (
                (SELECT r.priority FROM ar_runs r WHERE r.ready_at IS NOT NULL ORDER BY r.priority DESC LIMIT 1)
                UNION ALL
                SELECT (SELECT r.priority FROM ar_runs r WHERE r.ready_at IS NOT NULL AND r.priority < p.priority
                    ORDER BY r.priority DESC LIMIT 1)
                FROM p WHERE p.priority IS NOT NULL)
            SELECT c.* FROM p CROSS JOIN LATERAL (
                SELECT r.id, r.queue, r.priority, r.ready_at FROM ar_runs r
                WHERE r.priority = p.priority
                    AND r.ready_at <= (SELECT date_trunc('milliseconds', clock_timestamp()))
                    AND (r.workflow, r.version) IN (SELECT * FROM unnest(?::text[], ?::text[]))
                    AND %s
                ORDER BY r.ready_at, r.id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED) c
            WHERE p.priority IS NOT NULL LIMIT ?""";

    private final Connection connection;
    private final Script script;
    private final ClaimRequest request;
    private final List<Ready> found = new ArrayList<>();

    private Candidates(Connection connection, Script script, ClaimRequest request) {
        this.connection = connection;
        this.script = script;
        this.request = request;
    }

    private record Ready(RunId run, String queue, int priority, OffsetDateTime since) {}

    /** Begins the transaction; where no queue has a limit, that and the search are one round trip. */
    static List<RunId> lock(Connection connection, ClaimRequest request) throws SQLException {
        Script script = Script.transaction(connection);
        List<QueueRoom> rooms = List.of();
        if (!request.limits().isEmpty()) {
            script.run();
            rooms = QueueRoom.of(connection, request.limits());
            script = new Script(connection);
        }
        Candidates candidates = new Candidates(connection, script, request);
        if (rooms.isEmpty()) {
            candidates.find("true", request.max());
        } else {
            List<String> limited = rooms.stream().map(QueueRoom::queue).toList();
            candidates.find("r.queue <> ALL (?)", request.max(), connection.createArrayOf("text", limited.toArray()));
            for (QueueRoom room : rooms) {
                candidates.find("r.queue = ? AND r.claimed_at IS NULL", room.first(), room.queue());
                candidates.find("r.queue = ? AND r.claimed_at IS NOT NULL", room.room(), room.queue());
            }
        }
        script.run();
        return candidates.best(rooms);
    }

    private void find(String condition, int atMost, @Nullable Object... values) throws SQLException {
        int limit = Math.min(atMost, request.max());
        if (limit == 0) {
            return;
        }
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
                        row.getObject("ready_at", OffsetDateTime.class))),
                READY.formatted(condition),
                all.toArray());
    }

    private List<RunId> best(List<QueueRoom> rooms) {
        Map<String, Integer> left = new HashMap<>();
        rooms.forEach(room -> left.put(room.queue(), room.room()));
        List<RunId> best = new ArrayList<>();
        found.sort(ORDER);
        for (Ready ready : found) {
            int room = left.getOrDefault(ready.queue(), Integer.MAX_VALUE);
            if (best.size() < request.max() && room > 0) {
                left.put(ready.queue(), room - 1);
                best.add(ready.run());
            }
        }
        return best;
    }
}
