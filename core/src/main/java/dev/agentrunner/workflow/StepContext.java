package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.workspace.Workspace;

/**
 * What the body of a step is given. Log lines and events are appended as they come, also by attempts
 * that fail later; artifacts when the attempt ends. Thread-safe; of no use once the body has returned.
 */
public interface StepContext extends Notes {

    StepId id();

    /** 1 for the first attempt; also counts attempts that a crash interrupted. */
    int attempt();

    /**
     * The directory that the run may touch. What the step changes in it is recorded with the step's outcome, and undone
     * if the step is interrupted or tried again.
     *
     * @throws IllegalStateException if the runner was built without workspaces
     */
    Workspace workspace();

    /**
     * Shows a text to whoever watches the run; never stored.
     *
     * @param stream what it is part of, such as {@code stdout}
     */
    void show(String stream, String text);

    /** Tells when the body should stop: the run was canceled, or the attempt timed out. */
    Cancellation cancellation();
}
