package dev.agentrunner.spi.queue;

import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.WorkflowRef;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What a node can take.
 *
 * @param max at most so many runs
 * @param workflows only runs of these
 * @param limits for queues that have any; a queue that is not named is unlimited
 * @param start the event by which a run that is QUEUED starts, given the epoch of its claim. The store calls it in the thread that
 *     claims, within its transaction and perhaps under its locks, and again if it has to try again: it only computes. What it
 *     throws comes out of the claim, and nothing is claimed
 */
public record ClaimRequest(
        NodeId node, int max, Set<WorkflowRef> workflows, List<QueueLimit> limits, LongFunction<NewEvent> start) {

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
