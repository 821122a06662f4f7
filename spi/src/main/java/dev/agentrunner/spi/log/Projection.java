package dev.agentrunner.spi.log;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import java.util.List;
import java.util.Map;

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
 * @param spending what was spent on a step since it began, this commit included; replaces what was known. Only steps
 *     whose spending changed
 */
public record Projection(
        RunRow run,
        Ready ready,
        List<StepRow> steps,
        List<ArtifactRow> artifacts,
        List<RunId> wakes,
        Map<StepId, Spending> spending) {

    public Projection {
        steps = List.copyOf(steps);
        artifacts = List.copyOf(artifacts);
        wakes = List.copyOf(wakes);
        spending = Map.copyOf(spending);
    }

    public static Projection of(RunRow run, Ready ready) {
        return new Projection(run, ready, List.of(), List.of(), List.of(), Map.of());
    }
}
