package dev.agentrunner.core.journal;

import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;

/** Which run a node executes, and by which claim. */
public record Tenancy(NodeId node, Claim claim) {

    public RunId run() {
        return claim.run();
    }

    Fence fence() {
        return Fence.holding(claim.epoch());
    }

    public Actor actor() {
        return Actor.worker(node);
    }
}
