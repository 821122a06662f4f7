package dev.agentrunner.spi.model;

/**
 * The state of a step as the fold of its run's events yields it.
 *
 * @param name the last part of the id without its occurrence
 * @param kind what sort of step it is, such as {@code step}, {@code await}, {@code sleep}
 * @param attempts only grows
 * @param startedSeq seq of the event that first named the step; orders the steps of a run
 * @param outcomeSeq seq of the event that ended the step and holds its result or failure; 0 before
 */
public record StepRow(
        StepId id, String name, String kind, StepStatus status, int attempts, long startedSeq, long outcomeSeq) {

    public StepRow {
        Storable.text("The step's name", name);
        Storable.text("The step's kind", kind);
    }
}
