package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as its events so far leave it.
 *
 * @param row what a store keeps of it
 * @param plan fixed by the first start
 * @param failures how many attempts failed; interrupted ones do not count
 * @param retryAt when the next attempt is due, after one failed
 * @param result once COMPLETED
 * @param failure once FAILED, or of the last attempt
 */
public record StepState(
        StepRow row,
        StepPlan plan,
        int failures,
        @Nullable Instant retryAt,
        @Nullable Value result,
        @Nullable Failure failure) {

    /** A step of which the log knows nothing yet. */
    static StepState pending(StepId id) {
        StepRow row = new StepRow(id, id.value(), "step", StepStatus.PENDING, 0, 0, 0);
        return new StepState(row, StepPlan.BODY, 0, null, null, null);
    }

    public StepStatus status() {
        return row.status();
    }

    StepState row(StepRow next) {
        return new StepState(next, plan, failures, retryAt, result, failure);
    }
}
