package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.spi.model.NodeId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** Takes runs away from nodes that are gone. */
final class DeadNodes {

    /** A free lock tells of a process that died; the lock is only tried shared, so two that look do not disturb. */
    private static final String SILENT = """
            SELECT id FROM ar_nodes WHERE id <> ? AND (
                last_heartbeat <= clock_timestamp() - ? * interval '1 millisecond'
                OR (locked AND pg_try_advisory_xact_lock_shared(%s)))
            ORDER BY id FOR UPDATE""".formatted(NodeLine.lockKey("id"));

    private static final String UNKNOWN = """
            SELECT DISTINCT r.node FROM ar_runs r WHERE r.node IS NOT NULL AND r.node <> ?
                AND NOT EXISTS (SELECT FROM ar_nodes n WHERE n.id = r.node)""";
    private static final String HELD = "SELECT id FROM ar_runs WHERE node = ANY (?) ORDER BY id FOR NO KEY UPDATE";
    private static final String RELEASE = """
            UPDATE ar_runs SET node = NULL, epoch = epoch + 1,
                ready_at = (SELECT date_trunc('milliseconds', clock_timestamp()))
            WHERE id = ANY (?)""";

    private final Connections connections;

    DeadNodes(Connections connections) {
        this.connections = connections;
    }

    record Recovered(List<NodeId> nodes, int runs) {}

    Recovered recover(NodeId self, Duration deadAfter) {
        return connections.write(connection -> {
            TreeSet<String> dead = new TreeSet<>();
            new Script(connection)
                    .query(row -> dead.add(row.getString(1)), SILENT, self.value(), Moments.millis(deadAfter))
                    .run();
            new Script(connection)
                    .query(row -> dead.add(row.getString(1)), UNKNOWN, self.value())
                    .run();
            int runs = dead.isEmpty() ? 0 : forget(connection, List.copyOf(dead));
            return new Recovered(dead.stream().map(NodeId::new).toList(), runs);
        });
    }

    int forget(NodeId node) {
        return connections.write(connection -> forget(connection, List.of(node.value())));
    }

    private static int forget(Connection connection, List<String> nodes) throws SQLException {
        Array gone = connection.createArrayOf("text", nodes.toArray());
        List<UUID> runs = new ArrayList<>();
        Script script = new Script(connection)
                .add("DELETE FROM ar_nodes WHERE id = ANY (?)", gone)
                .query(row -> runs.add(row.getObject(1, UUID.class)), HELD, gone);
        script.run();
        if (!runs.isEmpty()) {
            Script release = new Script(connection);
            release.add(RELEASE, release.column("uuid", runs, id -> id)).run();
        }
        return runs.size();
    }
}
