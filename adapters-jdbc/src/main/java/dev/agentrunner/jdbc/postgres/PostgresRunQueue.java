package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.commit.Followers;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue: the run rows themselves, claimed with SKIP LOCKED. */
public final class PostgresRunQueue implements RunQueue {

    /** What is ready is queued or runs, so that it runs behind the claim in any case. */
    private static final String CLAIM = """
            WITH n AS (SELECT date_trunc('milliseconds', clock_timestamp()) AS now), claimed AS (
                UPDATE ar_runs SET node = ?, epoch = epoch + 1, ready_at = NULL, woken = false, status = 'RUNNING',
                    last_seq = last_seq + CASE WHEN status = 'QUEUED' THEN 1 ELSE 0 END,
                    claimed_at = COALESCE(claimed_at, n.now), started_at = COALESCE(started_at, n.now)
                FROM n WHERE id = ANY (?))
            INSERT INTO ar_events (id, run_id, seq, type, step_id, payload, actor, created_at)
            SELECT nextval('ar_event_ids'), u.run_id, u.seq, u.type, u.step_id, u.payload, u.actor, n.now
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                u (run_id, seq, type, step_id, payload, actor), n""";

    private static final String ASKED = """
            AND EXISTS (SELECT FROM unnest(?::text[], ?::text[]) u (workflow, version)
                WHERE u.workflow = r.workflow AND u.version = r.version OFFSET 0)
            ORDER BY r.ready_at LIMIT ?""";
    private static final String READY = "SELECT count(*) FROM (SELECT FROM ar_runs r WHERE r.ready_at <="
            + " (SELECT date_trunc('milliseconds', clock_timestamp())) " + ASKED + ") c";
    private static final String NEXT = "SELECT r.ready_at FROM ar_runs r WHERE r.ready_at IS NOT NULL " + ASKED;
    private static final String BEAT = """
            INSERT INTO ar_nodes AS n (id, started_at, last_heartbeat, capacity, locked)
            SELECT ?, c.now, c.now, ?, ? FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) c
            ON CONFLICT (id) DO UPDATE SET last_heartbeat = excluded.last_heartbeat, capacity = excluded.capacity,
                locked = excluded.locked
            RETURNING last_heartbeat""";

    private final PostgresConnections connections;
    private final DeadNodes deadNodes;
    private final NodeLine line;
    private final Followers followers;

    /**
     * A queue on shared connections.
     *
     * @param followers of the log, here and on other nodes
     */
    public PostgresRunQueue(PostgresConnections connections, NodeLine line, Followers followers) {
        this.connections = connections;
        this.deadNodes = new DeadNodes(connections);
        this.line = line;
        this.followers = followers;
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        if (request.workflows().isEmpty()) {
            return List.of();
        }
        List<Candidates.Ready> claimed = connections.transaction(connection -> claim(connection, request));
        followers.tell(claimed.stream()
                .filter(Candidates.Ready::isQueued)
                .map(run -> new Hint.Changed(run.run(), run.lastSeq() + 1))
                .toList());
        return claimed.stream()
                .map(run -> new Claim(run.run(), run.epoch() + 1))
                .toList();
    }

    private static List<Candidates.Ready> claim(Connection connection, ClaimRequest request) throws SQLException {
        List<Candidates.Ready> runs = Candidates.lock(connection, request);
        if (runs.isEmpty()) {
            return runs;
        }
        List<EventLine> starts = runs.stream()
                .filter(Candidates.Ready::isQueued)
                .map(run -> new EventLine(
                        run.run(), run.lastSeq() + 1, request.start().apply(run.epoch() + 1)))
                .toList();
        Script script = new Script(connection);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(request.node().value());
        values.add(script.column("uuid", runs, run -> run.run().value()));
        values.addAll(EventLine.columns(script, starts));
        script.add(CLAIM, values.toArray()).add(Script.COMMIT).run();
        return runs;
    }

    @Override
    public Map<RunId, Long> held(NodeId node) {
        Map<RunId, Long> held = new HashMap<>();
        connections.read(connection -> {
            Script.reading(connection)
                    .query(
                            row -> held.put(new RunId(row.getObject(1, UUID.class)), row.getLong(2)),
                            "SELECT id, last_seq FROM ar_runs WHERE node = ?",
                            node.value())
                    .run();
            return held.size();
        });
        return held;
    }

    @Override
    public int ready(Collection<WorkflowRef> workflows, int atMost) {
        int[] count = new int[1];
        ask(row -> count[0] = row.getInt(1), READY, workflows, atMost);
        return count[0];
    }

    @Override
    public Optional<Instant> nextReady(Collection<WorkflowRef> workflows) {
        List<Instant> next = new ArrayList<>();
        ask(row -> next.add(row.getObject(1, OffsetDateTime.class).toInstant()), NEXT, workflows, 1);
        return next.stream().findFirst();
    }

    private void ask(Script.RowReader reader, String statement, Collection<WorkflowRef> workflows, int atMost) {
        List<WorkflowRef> all = List.copyOf(workflows);
        connections.read(connection -> {
            Script script = Script.reading(connection);
            script.query(
                            reader,
                            statement,
                            script.column("text", all, WorkflowRef::name),
                            script.column("text", all, WorkflowRef::version),
                            atMost)
                    .run();
            return all;
        });
    }

    @Override
    public Instant beat(NodeBeat beat) {
        List<Instant> now = new ArrayList<>();
        connections.transaction(connection -> {
            Script.transaction(connection)
                    .query(
                            row -> now.add(
                                    row.getObject(1, OffsetDateTime.class).toInstant()),
                            BEAT,
                            beat.node().value(),
                            beat.capacity(),
                            line.holds(beat.node()))
                    .add(Script.COMMIT)
                    .run();
            return now.size();
        });
        line.hold(beat.node());
        return now.get(now.size() - 1);
    }

    @Override
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        DeadNodes.Recovered recovered = deadNodes.recover(self, deadAfter);
        if (recovered.runs() > 0) {
            tellReady();
        }
        return recovered.nodes();
    }

    @Override
    public void leave(NodeId node) {
        int runs = deadNodes.forget(node);
        line.release(node);
        if (runs > 0) {
            tellReady();
        }
    }

    private void tellReady() {
        followers.tell(List.of(new Hint.Ready()));
    }
}
