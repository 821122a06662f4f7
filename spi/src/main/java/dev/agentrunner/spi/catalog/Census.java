package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.RunStatus;
import java.util.List;
import java.util.Map;

/**
 * How many runs there are of each kind, for whoever watches over all of them.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} while the store
 * cannot be reached.
 */
public interface Census {

    /** How many runs have each status; statuses without a run are absent. Costs more the more runs are kept. */
    Map<RunStatus, Long> counts();

    /**
     * The runs that have not finished, by workflow, version, status and what they wait for; in no order. What has finished
     * costs nothing.
     */
    List<Unfinished> unfinished();

    /**
     * What waits to be claimed now, by the name of the queue; queues in which nothing does are absent. Limits of queues are
     * not looked at. What has finished costs nothing.
     */
    List<Backlog> backlog();
}
