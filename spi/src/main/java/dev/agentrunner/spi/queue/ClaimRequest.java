package dev.agentrunner.spi.queue;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.WorkflowRef;
import java.util.List;
import java.util.Set;

/**
 * What a node can take.
 *
 * @param max at most so many runs
 * @param workflows only runs of these
 * @param limits for queues that have any; a queue that is not named is unlimited
 */
public record ClaimRequest(NodeId node, int max, Set<WorkflowRef> workflows, List<QueueLimit> limits) {

    public ClaimRequest {
        workflows = Set.copyOf(workflows);
        limits = List.copyOf(limits);
        if (max < 1) {
            throw new IllegalArgumentException("A claim asks for at least one run, not " + max);
        }
        if (limits.stream().map(QueueLimit::queue).distinct().count() != limits.size()) {
            throw new IllegalArgumentException("A queue has two limits: " + limits);
        }
    }
}
