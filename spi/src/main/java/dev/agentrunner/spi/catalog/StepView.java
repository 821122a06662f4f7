package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepRow;
import org.jspecify.annotations.Nullable;

/**
 * A step as it stands.
 *
 * @param outcome payload of the event that ended the step, which holds result or failure; null before
 * @param usage what was spent on it: the fold of its events
 */
public record StepView(
        RunId run, StepRow step, Times times, @Nullable Json outcome, Spending usage) {}
