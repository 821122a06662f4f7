package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Views of what the log says. Read only; nothing here decides anything.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} while the store
 * cannot be reached.
 */
public interface RunCatalog extends Census {

    Optional<RunView> run(RunId run);

    /**
     * Runs that match, newest id first.
     *
     * @throws dev.agentrunner.spi.error.InvalidCursorException if the cursor was not made by this call
     */
    Page<RunView> runs(RunQuery query);

    /** Steps of a run in the order in which they first started; empty for an unknown run. */
    List<StepView> steps(RunId run);

    /**
     * Artifacts of a run in the order in which they were made: by commit, then by place in it (ids need not
     * be in that order). Empty for an unknown run.
     */
    List<ArtifactView> artifacts(RunId run);

    Optional<ArtifactView> artifact(RunId run, ArtifactId artifact);

    /** Those of the given SHA-256 sums that an artifact of any run lists. */
    Set<String> listed(Collection<String> sha256);

    /** Nodes that have beaten and were not forgotten, by id. */
    List<NodeView> nodes();
}
