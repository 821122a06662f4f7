package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the index of ready runs by jumping from one group to the next, so that the cost depends on the number of
 * workflows, queues and priorities, never on how many runs sleep or wait in a full queue.
 */
final class ReadyScan {

    private static final String LANE = " FROM ar_runs WHERE ready_at IS NOT NULL AND workflow = ? AND version = ?";
    private static final String QUEUE = "SELECT min(queue)" + LANE + " AND queue > ?";
    private static final String PRIORITY = "SELECT max(priority)" + LANE + " AND queue = ? AND priority < ?";
    private static final String GROUP = LANE + " AND queue = ? AND priority = ? AND (claimed_at IS NULL) = ?";
    private static final String RUNS =
            "SELECT id, ready_at, epoch, last_seq, status" + GROUP + " AND ready_at <= ? ORDER BY ready_at, id LIMIT ?";
    private static final String FIRST = "SELECT min(ready_at)" + GROUP;
    private static final long ABOVE_ALL = Integer.MAX_VALUE + 1L;

    private final Session session;

    ReadyScan(Session session) {
        this.session = session;
    }

    /** Queues in which runs of the workflow wait, ready or not. */
    List<String> queues(WorkflowRef workflow) throws SQLException {
        List<String> queues = new ArrayList<>();
        for (String queue = queueAfter(workflow, ""); queue != null; queue = queueAfter(workflow, queue)) {
            queues.add(queue);
        }
        return queues;
    }

    /** Runs of a lane that are ready, in the order of claims, at most so many. */
    List<ReadyRun> ready(ReadyLane lane, long now, long most) throws SQLException {
        List<ReadyRun> runs = new ArrayList<>();
        Long priority = priorityBelow(lane, ABOVE_ALL);
        while (priority != null && runs.size() < most) {
            addReady(runs, lane, priority.intValue(), now, most - runs.size());
            priority = priorityBelow(lane, priority);
        }
        return runs;
    }

    /** How many runs of any of the workflows are ready; counting ends at so many. */
    int count(Collection<WorkflowRef> workflows, long now, int atMost) throws SQLException {
        int count = 0;
        for (ReadyLane lane : lanes(workflows)) {
            if (count < atMost) {
                count += ready(lane, now, atMost - count).size();
            }
        }
        return count;
    }

    /** When the next run of any of the workflows is ready, or was. */
    Optional<Long> next(Collection<WorkflowRef> workflows) throws SQLException {
        Long first = null;
        for (ReadyLane lane : lanes(workflows)) {
            first = earlier(first, next(lane));
        }
        return Optional.ofNullable(first);
    }

    private List<ReadyLane> lanes(Collection<WorkflowRef> workflows) throws SQLException {
        List<ReadyLane> lanes = new ArrayList<>();
        for (WorkflowRef workflow : workflows) {
            for (String queue : queues(workflow)) {
                lanes.add(new ReadyLane(workflow, queue, true));
                lanes.add(new ReadyLane(workflow, queue, false));
            }
        }
        return lanes;
    }

    private @Nullable Long next(ReadyLane lane) throws SQLException {
        Long first = null;
        Long priority = priorityBelow(lane, ABOVE_ALL);
        while (priority != null) {
            first = earlier(first, number(group(FIRST, lane, priority)));
            priority = priorityBelow(lane, priority);
        }
        return first;
    }

    private void addReady(List<ReadyRun> runs, ReadyLane lane, int priority, long now, long most) throws SQLException {
        PreparedStatement statement = group(RUNS, lane, priority);
        statement.setLong(6, now);
        statement.setLong(7, most);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                RunId id = RunId.parse(row.getString(1));
                RunStatus status = RunStatus.valueOf(row.getString(5));
                runs.add(new ReadyRun(id, lane, priority, row.getLong(2), row.getLong(3), row.getLong(4), status));
            }
        }
    }

    private @Nullable String queueAfter(WorkflowRef workflow, String queue) throws SQLException {
        PreparedStatement statement = workflow(QUEUE, workflow);
        statement.setString(3, queue);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private @Nullable Long priorityBelow(ReadyLane lane, long priority) throws SQLException {
        PreparedStatement statement = workflow(PRIORITY, lane.workflow());
        statement.setString(3, lane.queue());
        statement.setLong(4, priority);
        return number(statement);
    }

    private PreparedStatement group(String sql, ReadyLane lane, long priority) throws SQLException {
        PreparedStatement statement = workflow(sql, lane.workflow());
        statement.setString(3, lane.queue());
        statement.setLong(4, priority);
        statement.setInt(5, lane.fresh() ? 1 : 0);
        return statement;
    }

    private PreparedStatement workflow(String sql, WorkflowRef workflow) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        statement.setString(1, workflow.name());
        statement.setString(2, workflow.version());
        return statement;
    }

    private static @Nullable Long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            long value = row.getLong(1);
            return row.wasNull() ? null : value;
        }
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }
}
