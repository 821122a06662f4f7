package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.StepRow;
import java.util.List;

/**
 * The rows that result from folding a commit's events.
 *
 * @param run replaces the run's row
 * @param ready when the run can be claimed
 * @param steps inserted or replaced, by id; only steps that changed
 * @param artifacts inserted
 * @param wakes other runs to be made ready now. A wake that meets a run held by a node is remembered
 *     until that claim ends, and then makes it ready at once; it is used up by the next claim. It never
 *     touches a terminal or unknown run.
 */
public record Projection(RunRow run, Ready ready, List<StepRow> steps, List<ArtifactRow> artifacts, List<RunId> wakes) {

    public Projection {
        steps = List.copyOf(steps);
        artifacts = List.copyOf(artifacts);
        wakes = List.copyOf(wakes);
    }

    public static Projection of(RunRow run, Ready ready) {
        return new Projection(run, ready, List.of(), List.of(), List.of());
    }
}
