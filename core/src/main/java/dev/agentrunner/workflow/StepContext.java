package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.StepId;

/**
 * What the body of a step is given. Log lines and events are appended as they come, also by attempts
 * that fail later; artifacts when the attempt ends. Thread-safe; of no use once the body has returned.
 */
public interface StepContext extends Notes {

    StepId id();

    /** 1 for the first attempt; also counts attempts that a crash interrupted. */
    int attempt();

    /** Tells when the body should stop: the run was canceled, or the attempt timed out. */
    Cancellation cancellation();
}
