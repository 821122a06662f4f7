package dev.agentrunner.yaml.definition;

import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.yaml.expression.Template;
import org.jspecify.annotations.Nullable;

/**
 * One step.
 *
 * @param when the step is left out unless this gives what counts as true
 * @param options timeout, retry and at_most_once; the file's defaults, and those of the foreach or parallel that it is
 *     in, are put in already
 * @param artifact under which the step's text is kept; null: it is not
 */
public record StepDefinition(
        String name,
        String description,
        @Nullable Template when,
        StepOptions options,
        @Nullable ArtifactDefinition artifact,
        Action action) {

    /** How an artifact is named. */
    public record ArtifactDefinition(
            Template name, String kind, @Nullable String mediaType) {}
}
