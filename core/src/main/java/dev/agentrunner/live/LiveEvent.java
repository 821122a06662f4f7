package dev.agentrunner.live;

import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;

/**
 * Something on its way to a step of a run that this node executes. Never stored: who was not there has missed it, and
 * finds what came of it in the step's result. Secrets are taken out.
 */
public sealed interface LiveEvent {

    RunId run();

    StepId step();

    /** Of the step; a new one begins from nothing. */
    int attempt();

    /**
     * A piece of a model's answer.
     *
     * @param model that answers, as {@code provider/model}
     */
    record Answering(RunId run, StepId step, int attempt, String model, Delta delta) implements LiveEvent {}

    /**
     * A piece of what a step shows, such as the output of a command.
     *
     * @param stream what it is part of, such as {@code stdout}
     */
    record Showing(RunId run, StepId step, int attempt, String stream, String text) implements LiveEvent {}
}
