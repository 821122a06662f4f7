package dev.agentrunner.contest.langgraph;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.LinkedList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.checkpoint.AbstractCheckpointSaver;
import org.bsc.langgraph4j.checkpoint.Checkpoint;
import org.bsc.langgraph4j.serializer.StateSerializer;
import org.bsc.langgraph4j.state.AgentState;

/**
 * One row per checkpoint, each in a transaction of its own, on LangGraph4j's own base class for savers (which lets one caller at
 * a time read or write); what a thread has saved is also kept in memory until the thread is released, so that nothing is read
 * back. It stands in for LangGraph4j's Postgres saver and does less than that.
 */
final class RowSaver extends AbstractCheckpointSaver {

    private final DataSource database;
    private final StateSerializer<AgentState> serializer;
    private final Map<String, LinkedList<Checkpoint>> live = new ConcurrentHashMap<>();

    RowSaver(DataSource database, StateSerializer<AgentState> serializer) {
        this.database = database;
        this.serializer = serializer;
    }

    @Override
    protected LinkedList<Checkpoint> loadCheckpoints(RunnableConfig config) {
        return live.computeIfAbsent(threadId(config), thread -> new LinkedList<>());
    }

    @Override
    protected void insertedCheckpoint(RunnableConfig config, LinkedList<Checkpoint> all, Checkpoint added)
            throws Exception {
        write("insert into checkpoints (thread, node, next_node, state, id) values (?, ?, ?, ?, ?)", config, added);
    }

    @Override
    protected void updatedCheckpoint(RunnableConfig config, LinkedList<Checkpoint> all, Checkpoint changed)
            throws Exception {
        write("update checkpoints set thread = ?, node = ?, next_node = ?, state = ? where id = ?", config, changed);
    }

    private void write(String sql, RunnableConfig config, Checkpoint checkpoint) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, threadId(config));
            statement.setString(2, checkpoint.getNodeId());
            statement.setString(3, checkpoint.getNextNodeId());
            statement.setBytes(4, serializer.dataToBytes(checkpoint.getState()));
            statement.setString(5, checkpoint.getId());
            statement.executeUpdate();
        }
    }

    @Override
    protected Tag releaseCheckpoints(RunnableConfig config, LinkedList<Checkpoint> all) {
        return new Tag(threadId(config), Objects.requireNonNull(live.remove(threadId(config))));
    }
}
