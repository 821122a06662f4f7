package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * A run as its events so far leave it, without its steps and signals.
 *
 * @param suspension set while the run waits and no node executes it
 * @param ending the fact that ended the run
 */
public record RunState(
        RunStatus status,
        Birth birth,
        Tenure tenure,
        @Nullable Suspension suspension,
        boolean pauseRequested,
        @Nullable Cancel cancel,
        @Nullable RunFact ending) {

    RunState status(RunStatus next) {
        return new RunState(next, birth, tenure, suspension, pauseRequested, cancel, ending);
    }

    RunState tenure(Tenure next) {
        return new RunState(status, birth, next, null, pauseRequested, cancel, ending);
    }

    RunState suspension(Suspension next) {
        return new RunState(status, birth, tenure, next, pauseRequested, cancel, ending);
    }

    RunState pauseRequested(boolean next) {
        return new RunState(status, birth, tenure, suspension, next, cancel, ending);
    }

    RunState cancel(Cancel next) {
        return new RunState(status, birth, tenure, suspension, pauseRequested, next, ending);
    }

    RunState ending(RunFact next) {
        return new RunState(status, birth, tenure, null, pauseRequested, cancel, next);
    }

    /** The row that a store keeps for this state. */
    public RunRow row() {
        Waiting waiting = suspension == null ? null : suspension.waiting();
        return new RunRow(
                status,
                waiting,
                suspension == null ? null : suspension.wakeAt(),
                cancel != null,
                pauseRequested,
                tenure.recoveries());
    }
}
