package dev.agentrunner.spi.model;

/**
 * Where a step stands. Monotonic (INV-2): {@code PENDING → RUNNING → COMPLETED | FAILED | CANCELED};
 * {@code PENDING → SKIPPED | CANCELED}. A retry is a further attempt of a RUNNING step.
 */
public enum StepStatus {
    PENDING,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED,
    SKIPPED;

    /** Whether no further status can follow. */
    public boolean isTerminal() {
        return this != PENDING && this != RUNNING;
    }

    /** Whether a stored step may move from this status to {@code next}; staying put is allowed until terminal. */
    public boolean mayBecome(StepStatus next) {
        return switch (this) {
            case PENDING -> true;
            case RUNNING -> next != PENDING && next != SKIPPED;
            case COMPLETED, FAILED, CANCELED, SKIPPED -> false;
        };
    }
}
