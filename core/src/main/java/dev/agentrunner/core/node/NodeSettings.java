package dev.agentrunner.core.node;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node behaves.
 *
 * @param workers how many runs it executes at once; 0: it only submits and watches
 * @param heartbeat how often it says that it is alive
 * @param timeout after how long without a heartbeat other nodes take its runs
 * @param poll how long a lost hint goes unnoticed
 * @param drainGrace how long steps may go on when it stops
 * @param retention how long finished runs are kept; null: for ever
 */
public record NodeSettings(
        int workers,
        Duration heartbeat,
        Duration timeout,
        Duration poll,
        Duration drainGrace,
        @Nullable Duration retention,
        List<QueuePolicy> queues) {

    public static final NodeSettings DEFAULT = new NodeSettings(
            64,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            null,
            List.of());

    public NodeSettings {
        queues = List.copyOf(queues);
        if (workers < 0) {
            throw new IllegalArgumentException("workers is 0 or more, not " + workers);
        }
        if (timeout.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("A node time-out of " + timeout + " is less than two heartbeats of "
                    + heartbeat + "; live nodes would be taken for dead");
        }
    }
}
