package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.commit.Followers;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The queue. Writers exclude each other, so every call decides on what is true until it ends. */
final class SqliteQueue implements RunQueue {

    private final SqliteConnections connections;
    private final Dialect dialect;
    private final NodeLocks locks;
    private final Followers followers;

    SqliteQueue(SqliteConnections connections, Dialect dialect, NodeLocks locks, Followers followers) {
        this.connections = connections;
        this.dialect = dialect;
        this.locks = locks;
        this.followers = followers;
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        List<ReadyRun> claimed = connections.update(session -> {
            long now = now(session);
            List<ReadyRun> chosen = new ClaimChoice(session, request, now).runs();
            new ClaimRows(session, request, now).write(chosen);
            return chosen;
        });
        followers.tell(claimed.stream()
                .filter(ReadyRun::isQueued)
                .map(run -> new Hint.Changed(run.id(), run.lastSeq() + 1))
                .toList());
        return claimed.stream().map(run -> new Claim(run.id(), run.epoch() + 1)).toList();
    }

    @Override
    public Map<RunId, Long> held(NodeId node) {
        return connections.look(session -> {
            Map<RunId, Long> held = new LinkedHashMap<>();
            PreparedStatement statement = session.prepare("SELECT id, last_seq FROM ar_runs WHERE node = ?");
            statement.setString(1, node.value());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    held.put(RunId.parse(row.getString(1)), row.getLong(2));
                }
            }
            return held;
        });
    }

    @Override
    public int ready(Collection<WorkflowRef> workflows, int atMost) {
        return connections.look(session -> new ReadyScan(session).count(workflows, now(session), atMost));
    }

    @Override
    public Optional<Instant> nextReady(Collection<WorkflowRef> workflows) {
        return connections
                .look(session -> new ReadyScan(session).next(workflows))
                .map(Instant::ofEpochMilli);
    }

    @Override
    public Instant beat(NodeBeat beat) {
        locks.take(beat.node());
        return connections.update(session -> {
            long now = now(session);
            PreparedStatement statement = session.prepare(
                    "INSERT INTO ar_nodes (id, started_at, last_heartbeat, capacity) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (id) DO UPDATE SET last_heartbeat = excluded.last_heartbeat,"
                            + " capacity = excluded.capacity");
            statement.setString(1, beat.node().value());
            statement.setLong(2, now);
            statement.setLong(3, now);
            statement.setInt(4, beat.capacity());
            statement.executeUpdate();
            return Instant.ofEpochMilli(now);
        });
    }

    @Override
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        List<NodeId> dead = connections.update(session -> {
            long now = now(session);
            TreeSet<String> found = new TreeSet<>(silent(session, deadAfter, now));
            found.addAll(holdersUnknown(session));
            found.remove(self.value());
            for (String node : found) {
                forget(session, node, now);
            }
            return found.stream().map(NodeId::new).toList();
        });
        dead.forEach(locks::clean);
        if (!dead.isEmpty()) {
            followers.tell(List.of(new Hint.Ready()));
        }
        return dead;
    }

    @Override
    public void leave(NodeId node) {
        connections.update(session -> {
            forget(session, node.value(), now(session));
            return node;
        });
        locks.release(node);
        followers.tell(List.of(new Hint.Ready()));
    }

    private List<String> silent(Session session, Duration deadAfter, long now) throws SQLException {
        List<String> silent = new ArrayList<>();
        try (ResultSet row =
                session.prepare("SELECT id, last_heartbeat FROM ar_nodes").executeQuery()) {
            while (row.next()) {
                Duration silence = Duration.ofMillis(now - row.getLong(2));
                if (silence.compareTo(deadAfter) >= 0 || locks.isGone(new NodeId(row.getString(1)))) {
                    silent.add(row.getString(1));
                }
            }
        }
        return silent;
    }

    private static List<String> holdersUnknown(Session session) throws SQLException {
        List<String> unknown = new ArrayList<>();
        PreparedStatement statement = session.prepare("SELECT DISTINCT r.node FROM ar_runs r WHERE r.node IS NOT NULL"
                + " AND NOT EXISTS (SELECT 1 FROM ar_nodes n WHERE n.id = r.node)");
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                unknown.add(row.getString(1));
            }
        }
        return unknown;
    }

    private static void forget(Session session, String node, long now) throws SQLException {
        PreparedStatement runs =
                session.prepare("UPDATE ar_runs SET node = NULL, epoch = epoch + 1, ready_at = ? WHERE node = ?");
        runs.setLong(1, now);
        runs.setString(2, node);
        runs.executeUpdate();
        PreparedStatement row = session.prepare("DELETE FROM ar_nodes WHERE id = ?");
        row.setString(1, node);
        row.executeUpdate();
    }

    private long now(Session session) throws SQLException {
        return dialect.now(session.connection).toEpochMilli();
    }
}
