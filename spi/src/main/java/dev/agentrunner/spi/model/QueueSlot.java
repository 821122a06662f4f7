package dev.agentrunner.spi.model;

/**
 * A place in a queue.
 *
 * @param queue the queue's name, 1 to 200 characters
 * @param priority runs with a higher number are claimed first; among equals the one that has been
 *     ready for longest
 */
public record QueueSlot(String queue, int priority) {

    /** The queue of runs that name none. */
    public static final String DEFAULT_QUEUE = "default";

    /** Where a run goes that asks for nothing else. */
    public static final QueueSlot DEFAULT = new QueueSlot(DEFAULT_QUEUE, 0);

    public QueueSlot {
        Storable.text("The queue's name", queue);
        if (queue.isBlank() || queue.length() > 200) {
            throw new IllegalArgumentException("A queue name has 1 to 200 characters: '" + queue + "'");
        }
    }
}
