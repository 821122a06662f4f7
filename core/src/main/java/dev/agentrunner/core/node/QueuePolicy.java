package dev.agentrunner.core.node;

import dev.agentrunner.spi.queue.Rate;
import org.jspecify.annotations.Nullable;

/**
 * Limits on one queue, as a node enforces them.
 *
 * @param perNode how many of its runs this node executes at once; null: as many as it has workers
 * @param everywhere how many of its runs all nodes together execute at once; null: no limit
 * @param rate how many of its runs start in a period; null: no limit
 */
public record QueuePolicy(
        String queue,
        @Nullable Integer perNode,
        @Nullable Integer everywhere,
        @Nullable Rate rate) {

    public QueuePolicy {
        if ((perNode != null && perNode < 1) || (everywhere != null && everywhere < 1)) {
            throw new IllegalArgumentException("Queue '" + queue + "': limits are 1 or more");
        }
    }
}
