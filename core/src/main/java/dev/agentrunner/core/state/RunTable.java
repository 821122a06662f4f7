package dev.agentrunner.core.state;

import static dev.agentrunner.spi.model.EventType.ARTIFACT_CREATED;
import static dev.agentrunner.spi.model.EventType.LOG;
import static dev.agentrunner.spi.model.EventType.RUN_CANCELED;
import static dev.agentrunner.spi.model.EventType.RUN_CANCEL_REQUESTED;
import static dev.agentrunner.spi.model.EventType.RUN_COMPLETED;
import static dev.agentrunner.spi.model.EventType.RUN_FAILED;
import static dev.agentrunner.spi.model.EventType.RUN_PAUSE_REQUESTED;
import static dev.agentrunner.spi.model.EventType.RUN_QUEUED;
import static dev.agentrunner.spi.model.EventType.RUN_RECOVERED;
import static dev.agentrunner.spi.model.EventType.RUN_SIGNALED;
import static dev.agentrunner.spi.model.EventType.RUN_STARTED;
import static dev.agentrunner.spi.model.EventType.RUN_SUSPENDED;
import static dev.agentrunner.spi.model.EventType.RUN_UNPAUSED;
import static dev.agentrunner.spi.model.EventType.RUN_WOKEN;
import static dev.agentrunner.spi.model.RunStatus.CANCELED;
import static dev.agentrunner.spi.model.RunStatus.COMPLETED;
import static dev.agentrunner.spi.model.RunStatus.FAILED;
import static dev.agentrunner.spi.model.RunStatus.QUEUED;
import static dev.agentrunner.spi.model.RunStatus.RUNNING;

import dev.agentrunner.spi.model.RunStatus;

/** The run's state machine (INV-1). Nothing leaves a terminal status. */
public final class RunTable {

    /** The transitions; step events, what generations tell, and custom events may occur in any status that is not terminal. */
    public static final TransitionTable<RunStatus> TABLE = new TransitionTable<RunStatus>("run")
            .birth(RUN_QUEUED, QUEUED)
            .stay(QUEUED, RUN_PAUSE_REQUESTED, RUN_UNPAUSED, RUN_SIGNALED, RUN_CANCEL_REQUESTED)
            .stay(QUEUED, ARTIFACT_CREATED, LOG)
            .move(QUEUED, RUN_STARTED, RUNNING)
            .move(QUEUED, RUN_CANCELED, CANCELED)
            .stay(RUNNING, RUN_RECOVERED, RUN_SUSPENDED, RUN_WOKEN)
            .stay(RUNNING, RUN_PAUSE_REQUESTED, RUN_UNPAUSED, RUN_SIGNALED, RUN_CANCEL_REQUESTED)
            .stay(RUNNING, ARTIFACT_CREATED, LOG)
            .move(RUNNING, RUN_COMPLETED, COMPLETED)
            .move(RUNNING, RUN_FAILED, FAILED)
            .move(RUNNING, RUN_CANCELED, CANCELED);

    private RunTable() {}
}
