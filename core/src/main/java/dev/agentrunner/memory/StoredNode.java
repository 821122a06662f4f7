package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** A node that has beaten, in epoch milliseconds. */
record StoredNode(NodeId id, long startedAt, long lastBeat, int capacity) {

    static final Comparator<NodeId> BY_ID = Comparator.comparing(NodeId::value);

    boolean silentFor(Duration time, long now) {
        return Duration.ofMillis(now - lastBeat).compareTo(time) >= 0;
    }

    NodeView view(int runsHeld) {
        return new NodeView(id, Instant.ofEpochMilli(startedAt), Instant.ofEpochMilli(lastBeat), capacity, runsHeld);
    }
}
