package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import java.util.List;

/**
 * Events of one run together with the rows they fold to; takes effect as a whole or not at all.
 *
 * @param expectedSeq the run's last seq before this commit; 0 when it creates the run
 * @param events at least one; they get the seqs {@code expectedSeq + 1 …}
 */
public record Commit(RunId run, Fence fence, long expectedSeq, List<NewEvent> events, Projection projection) {

    public Commit {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A commit of run " + run + " has no event");
        }
        if (expectedSeq < 0 || (expectedSeq == 0) != (fence instanceof Fence.Create)) {
            throw new IllegalArgumentException("A commit of run " + run + " expects seq " + expectedSeq + " with fence "
                    + fence + "; exactly the creating commit expects 0");
        }
        boolean claimed = fence instanceof Fence.Holding || (fence instanceof Fence.Create c && c.owner() != null);
        if (projection.ready() instanceof Ready.Held && !claimed) {
            throw new IllegalArgumentException("Run " + run + " cannot stay held by a commit that holds no claim");
        }
    }

    /** The run's last seq once this commit is durable. */
    public long lastSeq() {
        return expectedSeq + events.size();
    }
}
