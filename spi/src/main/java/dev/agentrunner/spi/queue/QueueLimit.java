package dev.agentrunner.spi.queue;

import org.jspecify.annotations.Nullable;

/**
 * Bounds on one queue.
 *
 * @param room how many more runs of the queue this node can take, 0 or more
 * @param everywhere how many runs of the queue all nodes together may hold at once; null: no limit
 * @param rate how many runs of the queue may be claimed for the first time in a period; a run that is created
 *     claimed counts, one that is claimed again does not; null: no limit
 */
public record QueueLimit(
        String queue,
        int room,
        @Nullable Integer everywhere,
        @Nullable Rate rate) {

    public QueueLimit {
        if (room < 0 || (everywhere != null && everywhere < 1)) {
            throw new IllegalArgumentException("Queue '" + queue + "': room " + room + " must be 0 or more, everywhere "
                    + everywhere + " 1 or more");
        }
    }
}
