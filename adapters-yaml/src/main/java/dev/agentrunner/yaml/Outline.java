package dev.agentrunner.yaml;

import dev.agentrunner.workflow.OutlineStep;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.StepDefinition;
import java.util.List;

/** The steps of a file, for people who choose among workflows. */
final class Outline {

    private Outline() {}

    static List<OutlineStep> of(List<StepDefinition> steps) {
        return steps.stream()
                .map(step ->
                        new OutlineStep(step.name(), step.action().kind(), step.description(), inner(step.action())))
                .toList();
    }

    /** A branch of a parallel is a step of kind {@code branch}. */
    private static List<OutlineStep> inner(Action action) {
        if (action instanceof Action.ForEach each) {
            return of(each.steps());
        }
        if (action instanceof Action.Parallel parallel) {
            return parallel.branches().entrySet().stream()
                    .map(branch -> new OutlineStep(branch.getKey(), "branch", "", of(branch.getValue())))
                    .toList();
        }
        return List.of();
    }
}
