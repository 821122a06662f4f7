package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;

/**
 * A step's row as it will be after a batch.
 *
 * @param ran whether it was running at some point of the batch
 */
record StepImage(RunId run, StepRow row, boolean ran) {

    static StepImage of(RunId run, StepRow row) {
        StepStatus status = row.status();
        return new StepImage(
                run,
                row,
                status == StepStatus.RUNNING || status == StepStatus.COMPLETED || status == StepStatus.FAILED);
    }

    StepImage after(StepImage before) {
        return new StepImage(run, row, ran || before.ran);
    }
}
