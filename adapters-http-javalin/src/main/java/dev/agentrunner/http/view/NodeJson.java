package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.catalog.NodeView;

/** Nodes. */
public final class NodeJson {

    private NodeJson() {}

    public static ObjectNode of(NodeView node) {
        return Shown.object()
                .put("id", node.id().value())
                .put("started_at", Shown.time(node.startedAt()))
                .put("last_heartbeat", Shown.time(node.lastHeartbeat()))
                .put("runs_held", node.runsHeld())
                .put("capacity", node.capacity());
    }
}
