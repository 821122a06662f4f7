package dev.agentrunner.workflow;

import java.util.List;

/**
 * A step that a workflow is known to have.
 *
 * @param steps those that are part of it
 */
public record OutlineStep(String name, String kind, String description, List<OutlineStep> steps) {

    public OutlineStep {
        steps = List.copyOf(steps);
    }
}
