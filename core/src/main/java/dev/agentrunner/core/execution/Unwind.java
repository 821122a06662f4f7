package dev.agentrunner.core.execution;

/**
 * Ends the execution of a workflow's body so that the engine can put the run aside or end it. An {@link
 * Error}, so that {@code catch (Exception e)} in a workflow does not keep it going; without a stack,
 * because it is no fault.
 */
final class Unwind extends Error {

    private static final long serialVersionUID = 1L;

    private final Stop why;

    Unwind(Stop why) {
        super("The execution unwinds: " + why, null, false, false);
        this.why = why;
    }

    Stop why() {
        return why;
    }
}
