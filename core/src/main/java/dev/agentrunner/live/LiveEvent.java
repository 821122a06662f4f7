package dev.agentrunner.live;

import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.time.Duration;

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

    /**
     * A generation is under way: told about once a second, and perhaps once more right after it has ended.
     *
     * @param model that is asked, as {@code provider/model}
     */
    record Beating(RunId run, StepId step, int attempt, String model, Beat beat) implements LiveEvent {}

    /**
     * How far a generation is.
     *
     * @param phase {@code loading}, {@code prompt}, {@code thinking} or {@code generating}
     * @param elapsed since it began
     * @param idle since the model last said something
     * @param chunks how many pieces it has said
     */
    record Beat(String phase, Duration elapsed, Duration idle, long chunks) {}
}
