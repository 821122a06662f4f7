package dev.agentrunner.tck.fault;

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

/** Does what another queue does; subclasses do one thing differently. */
public class ForwardingQueue implements RunQueue {

    protected final RunQueue whole;

    public ForwardingQueue(RunQueue whole) {
        this.whole = whole;
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        return whole.claim(request);
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
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        return whole.recover(self, deadAfter);
    }

    @Override
    public void leave(NodeId node) {
        whole.leave(node);
    }
}
