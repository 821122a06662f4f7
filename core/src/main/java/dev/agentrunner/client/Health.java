package dev.agentrunner.client;

import java.time.Instant;

/**
 * How a node is.
 *
 * @param beating whether the loop lives that says that this node is alive and takes over from those that are not
 * @param lastBeat when the store last took down that this node is alive, by the store's clock; long ago while the store
 *     cannot be reached
 * @param dispatching whether the loop lives that takes runs
 * @param draining whether this node takes no more runs, because it was told so or is closed; its loops end then
 */
public record Health(boolean beating, Instant lastBeat, boolean dispatching, boolean draining) {

    /** Whether the loops live; of a node that drains they need not. */
    public boolean isSound() {
        return draining || (beating && dispatching);
    }
}
