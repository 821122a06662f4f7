package dev.agentrunner.core.journal;

/**
 * Nothing more of this execution is recorded, so it must end. An {@link Error}, so that a workflow's
 * {@code catch (Exception e)} does not keep it going; without a stack, because it is no fault.
 */
public final class JournalStopped extends Error {

    private static final long serialVersionUID = 1L;

    /** Why nothing more is recorded. */
    public enum Reason {
        /** Another node holds the run (INV-6). */
        LOST_CLAIM,
        /** This node ended the execution, because it would not end by itself. */
        TAKEN_OVER,
        /** The store is closed. */
        CLOSED,
        /** The run does not exist any more. */
        GONE,
        /** The store found the commit illegal: a bug. */
        ILLEGAL
    }

    private final Reason reason;

    JournalStopped(Reason reason) {
        super("The execution ended: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
