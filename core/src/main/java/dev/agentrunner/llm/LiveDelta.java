package dev.agentrunner.llm;

import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;

/**
 * A piece of an answer on its way to a step of a run that this node executes. Never stored: who was not there has
 * missed it, and finds the whole answer in the step's result.
 *
 * @param attempt of the step; a new one begins from nothing
 * @param model that answers, as {@code provider/model}
 */
public record LiveDelta(RunId run, StepId step, int attempt, String model, Delta delta) {}
