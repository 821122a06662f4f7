package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Facts that change a step. */
public sealed interface StepFact extends Fact {

    @Override
    StepId step();

    /** The signal that this fact consumes, by the seq that brought it. */
    default @Nullable Long signalSeq() {
        return null;
    }

    /** The state after this fact, but for the row, which the machine derives from the table. */
    StepState fold(StepState before);

    /**
     * An attempt began; the plan counts only the first time.
     *
     * @param signalSeq the signal that allowed it and is consumed by it
     */
    record Started(
            StepId step,
            String name,
            String kind,
            int attempt,
            StepPlan plan,
            @Nullable Long signalSeq) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_STARTED;
        }

        @Override
        public StepState fold(StepState before) {
            StepPlan fixed = before.row().attempts() == 0 ? plan : before.plan();
            return new StepState(before.row(), fixed, before.failures(), null, null, before.failure());
        }
    }

    record AttemptFailed(
            StepId step,
            int attempt,
            Failure failure,
            @Nullable Instant retryAt) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_ATTEMPT_FAILED;
        }

        @Override
        public StepState fold(StepState before) {
            return new StepState(before.row(), before.plan(), before.failures() + 1, retryAt, null, failure);
        }
    }

    /**
     * The step has its result.
     *
     * @param signalSeq the signal that it consumed
     */
    record Completed(
            StepId step,
            Value result,
            long durationMs,
            @Nullable Long signalSeq) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_COMPLETED;
        }

        @Override
        public StepState fold(StepState before) {
            return new StepState(before.row(), before.plan(), before.failures(), null, result, null);
        }
    }

    record Failed(StepId step, Failure failure, long durationMs) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_FAILED;
        }

        @Override
        public StepState fold(StepState before) {
            return new StepState(before.row(), before.plan(), before.failures() + 1, null, null, failure);
        }
    }

    record Canceled(StepId step, @Nullable String reason) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_CANCELED;
        }

        @Override
        public StepState fold(StepState before) {
            return before;
        }
    }

    record Skipped(
            StepId step, String name, String kind, @Nullable String reason) implements StepFact {
        @Override
        public EventType type() {
            return EventType.STEP_SKIPPED;
        }

        @Override
        public StepState fold(StepState before) {
            return before;
        }
    }
}
