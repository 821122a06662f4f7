package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.spi.model.NodeId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Takes runs away from nodes that are gone. Waits for nobody while it does: whatever somebody else holds in a
 * transaction, such as a node that was frozen in the middle of one, is passed over and found again by the next look.
 */
final class DeadNodes {

    /** A free lock tells of a process that died; the lock is only tried shared, so two that look do not disturb. */
    private static final String SILENT = """
            SELECT id FROM ar_nodes WHERE id <> ? AND (
                last_heartbeat <= clock_timestamp() - ? * interval '1 millisecond'
                OR (locked AND pg_try_advisory_xact_lock_shared(%s)))
            ORDER BY id FOR UPDATE SKIP LOCKED""".formatted(NodeLine.lockKey("id"));

    private static final String UNKNOWN = """
            SELECT DISTINCT r.node FROM ar_runs r WHERE r.node IS NOT NULL AND r.node <> ?
                AND NOT EXISTS (SELECT FROM ar_nodes n WHERE n.id = r.node)""";
    private static final String HELD =
            "SELECT id, node FROM ar_runs WHERE node = ANY (?) ORDER BY id FOR NO KEY UPDATE";
    private static final String IN_REACH = HELD + " SKIP LOCKED";
    private static final String RELEASE = """
            UPDATE ar_runs SET node = NULL, epoch = epoch + 1,
                ready_at = (SELECT date_trunc('milliseconds', clock_timestamp()))
            WHERE id = ANY (?)""";

    private final Connections connections;

    DeadNodes(Connections connections) {
        this.connections = connections;
    }

    record Recovered(List<NodeId> nodes, int runs) {}

    /** A run that is passed over is left to a holder that nobody knows, until a later look gets it. */
    Recovered recover(NodeId self, Duration deadAfter) {
        return connections.write(connection -> {
            TreeSet<String> silent = new TreeSet<>();
            new Script(connection)
                    .query(row -> silent.add(row.getString(1)), SILENT, self.value(), Moments.millis(deadAfter))
                    .run();
            TreeSet<String> holders = new TreeSet<>(silent);
            new Script(connection)
                    .query(row -> holders.add(row.getString(1)), UNKNOWN, self.value())
                    .run();
            Map<UUID, String> released =
                    holders.isEmpty() ? Map.of() : forget(connection, List.copyOf(holders), IN_REACH);
            silent.addAll(released.values());
            return new Recovered(silent.stream().map(NodeId::new).toList(), released.size());
        });
    }

    int forget(NodeId node) {
        return connections
                .write(connection -> forget(connection, List.of(node.value()), HELD))
                .size();
    }

    /** The runs that were released, with those who held them. */
    private static Map<UUID, String> forget(Connection connection, List<String> nodes, String held)
            throws SQLException {
        Array gone = connection.createArrayOf("text", nodes.toArray());
        Map<UUID, String> runs = new LinkedHashMap<>();
        Script script = new Script(connection)
                .add("DELETE FROM ar_nodes WHERE id = ANY (?)", gone)
                .query(row -> runs.put(row.getObject(1, UUID.class), row.getString(2)), held, gone);
        script.run();
        if (!runs.isEmpty()) {
            Script release = new Script(connection);
            release.add(RELEASE, release.column("uuid", List.copyOf(runs.keySet()), id -> id))
                    .run();
        }
        return runs;
    }
}
