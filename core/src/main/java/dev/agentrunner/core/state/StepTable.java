package dev.agentrunner.core.state;

import static dev.agentrunner.spi.model.EventType.STEP_ATTEMPT_FAILED;
import static dev.agentrunner.spi.model.EventType.STEP_CANCELED;
import static dev.agentrunner.spi.model.EventType.STEP_COMPLETED;
import static dev.agentrunner.spi.model.EventType.STEP_FAILED;
import static dev.agentrunner.spi.model.EventType.STEP_SKIPPED;
import static dev.agentrunner.spi.model.EventType.STEP_STARTED;
import static dev.agentrunner.spi.model.StepStatus.CANCELED;
import static dev.agentrunner.spi.model.StepStatus.COMPLETED;
import static dev.agentrunner.spi.model.StepStatus.FAILED;
import static dev.agentrunner.spi.model.StepStatus.PENDING;
import static dev.agentrunner.spi.model.StepStatus.RUNNING;
import static dev.agentrunner.spi.model.StepStatus.SKIPPED;

import dev.agentrunner.spi.model.StepStatus;

/**
 * The step's state machine (INV-2). Every step of a workflow is PENDING until an event names it, so
 * PENDING is where a step is that the log does not know.
 */
public final class StepTable {

    public static final TransitionTable<StepStatus> TABLE = new TransitionTable<StepStatus>("step")
            .move(PENDING, STEP_STARTED, RUNNING)
            .move(PENDING, STEP_SKIPPED, SKIPPED)
            .move(PENDING, STEP_CANCELED, CANCELED)
            .stay(RUNNING, STEP_STARTED, STEP_ATTEMPT_FAILED)
            .move(RUNNING, STEP_COMPLETED, COMPLETED)
            .move(RUNNING, STEP_FAILED, FAILED)
            .move(RUNNING, STEP_CANCELED, CANCELED);

    private StepTable() {}
}
