package dev.agentrunner.spi.log;

import java.time.Instant;

/**
 * When a run can be claimed after a commit.
 *
 * <p>A commit by the holder with anything but {@link Held} gives the claim up. A commit from outside
 * only ever brings the moment forward: it changes nothing on a run that is held by a node, and never
 * makes a run ready later than it was (otherwise it could undo a wake). A terminal status always ends
 * the claim, and the run is never ready again.
 */
public sealed interface Ready {

    /** The claim is kept. Only for the holder, or for a run that is created claimed. */
    record Held() implements Ready {}

    /** As soon as the commit is durable; a run that was ready before keeps its place. */
    record Now() implements Ready {}

    /** When the store's clock reaches this moment. */
    record At(Instant moment) implements Ready {}

    /** Not until another commit, or a wake (see {@link Projection#wakes}), says so. */
    record Never() implements Ready {}

    static Ready held() {
        return new Held();
    }

    static Ready now() {
        return new Now();
    }

    static Ready at(Instant moment) {
        return new At(moment);
    }

    static Ready never() {
        return new Never();
    }
}
