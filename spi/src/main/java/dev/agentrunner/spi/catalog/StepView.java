package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepRow;
import org.jspecify.annotations.Nullable;

/**
 * A step as it stands.
 *
 * @param outcome payload of the event that ended the step, which holds result or failure; null before
 */
public record StepView(
        RunId run, StepRow step, Times times, @Nullable Json outcome) {}
