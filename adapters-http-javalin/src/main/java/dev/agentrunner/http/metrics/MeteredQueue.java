package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A queue that counts what is taken from it. */
record MeteredQueue(RunQueue whole, Meters meters, KnownRuns runs) implements RunQueue {

    @Override
    public List<Claim> claim(ClaimRequest request) {
        List<Claim> claims = whole.claim(request);
        meters.claims.increment(claims.size());
        claims.forEach(runs::add);
        return claims;
    }

    @Override
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        List<NodeId> dead = whole.recover(self, deadAfter);
        meters.lostNodes.increment(dead.size());
        return dead;
    }

    @Override
    public Map<RunId, Long> held(NodeId node) {
        return whole.held(node);
    }

    @Override
    public int ready(Collection<WorkflowRef> workflows, int atMost) {
        return whole.ready(workflows, atMost);
    }

    @Override
    public Optional<Instant> nextReady(Collection<WorkflowRef> workflows) {
        return whole.nextReady(workflows);
    }

    @Override
    public Instant beat(NodeBeat beat) {
        return whole.beat(beat);
    }

    @Override
    public void leave(NodeId node) {
        whole.leave(node);
    }
}
