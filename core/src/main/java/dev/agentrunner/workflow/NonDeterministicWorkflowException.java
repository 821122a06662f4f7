package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;

/** A replay met code that differs from what was recorded (INV-12). */
public final class NonDeterministicWorkflowException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String found;

    public NonDeterministicWorkflowException(String expected, String found) {
        super("The workflow's code does not fit the recorded run: expected " + expected + ", found " + found
                + ". Deploy the code that began the run, give changed code a new version, or fork the run");
        this.expected = expected;
        this.found = found;
    }

    /** What the log says comes next. */
    public String expected() {
        return expected;
    }

    /** What the code asked for. */
    public String found() {
        return found;
    }
}
