package dev.agentrunner.spi.queue;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which node executes which run. The run's own row is the queue entry; entering is part of the
 * creating commit, leaving part of a later one. Of events it writes only the one by which a claim starts a run.
 *
 * <p>All times are the store's clock. Thread-safe. Throws {@link
 * dev.agentrunner.spi.error.StoreUnavailableException} while the store cannot be reached.
 */
public interface RunQueue {

    /**
     * Gives runs to a node: those that are ready and held by nobody, highest priority first, then the one
     * that has been ready for longest, then by id, within the limits: a run whose queue is full is passed
     * over. Every claim raises the run's epoch by one and uses up remembered wakes. No run is given to two nodes (INV-6). A run that
     * is being written to at the moment may be passed over; the next call finds it.
     *
     * <p>The claim of a QUEUED run starts it: in the claim's transaction {@link ClaimRequest#start} is appended to its
     * log, and its row becomes {@link dev.agentrunner.spi.model.RunRow#started}, at the moment that the event bears; followers
     * of the log are told. So a run whose node dies before it does anything is known to have been begun, and nobody waits for a
     * commit of its own. A run that is RUNNING is claimed as it is.
     */
    List<Claim> claim(ClaimRequest request);

    /** The runs that a node holds, with the last seq of each. A run it does not name was taken away. */
    Map<RunId, Long> held(NodeId node);

    /** How many runs of these workflows are ready now, whatever limits their queues have; counting ends at {@code atMost}. */
    int ready(Collection<WorkflowRef> workflows, int atMost);

    /**
     * When the next run of these workflows that is not ready yet becomes so, or one is ready already;
     * empty when none waits for time.
     */
    Optional<Instant> nextReady(Collection<WorkflowRef> workflows);

    /** Says that a node is alive; the first beat makes it known. Returns the store's time. */
    Instant beat(NodeBeat beat);

    /**
     * Takes the runs of nodes that have not beaten for {@code deadAfter}, or are known to be gone, away
     * from them: they are ready at once, with an epoch raised by one, and the dead nodes are forgotten. A
     * node that holds runs but is not known has not beaten. Never touches {@code self}.
     *
     * @return the dead nodes, by id
     */
    List<NodeId> recover(NodeId self, Duration deadAfter);

    /** Forgets a node that stops; runs it still holds are ready at once, with an epoch raised by one. */
    void leave(NodeId node);
}
