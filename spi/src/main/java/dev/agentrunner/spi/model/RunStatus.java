package dev.agentrunner.spi.model;

/**
 * Where a run stands. Monotonic (INV-1): {@code QUEUED → RUNNING → COMPLETED | FAILED | CANCELED},
 * also {@code QUEUED → CANCELED}; a terminal status never changes.
 */
public enum RunStatus {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELED;

    /** Whether no further status can follow. */
    public boolean isTerminal() {
        return this != QUEUED && this != RUNNING;
    }

    /** Whether a stored run may move from this status to {@code next}; staying put is allowed until terminal. */
    public boolean mayBecome(RunStatus next) {
        return switch (this) {
            case QUEUED -> next == QUEUED || next == RUNNING || next == CANCELED;
            case RUNNING -> next != QUEUED;
            case COMPLETED, FAILED, CANCELED -> false;
        };
    }
}
