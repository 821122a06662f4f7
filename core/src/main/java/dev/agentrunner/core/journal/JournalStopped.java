package dev.agentrunner.core.journal;

import dev.agentrunner.spi.log.AppendOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Nothing more of this execution is recorded, so it must end. An {@link Error}, so that a workflow's
 * {@code catch (Exception e)} does not keep it going; without a stack, because it is no fault.
 */
public final class JournalStopped extends Error {

    private static final long serialVersionUID = 1L;

    /** Why nothing more is recorded. */
    public enum Reason {
        /** Somebody else holds the run, or this node anew (INV-6). */
        LOST_CLAIM,
        /** This node ended the execution, because it would not end by itself. */
        TAKEN_OVER,
        /** The store is closed. */
        CLOSED,
        /** The run does not exist any more. */
        GONE,
        /** The store found the commit illegal: a bug. */
        ILLEGAL;

        /** Why nothing more can be recorded after this answer to a commit; null if the journal goes on. */
        static @Nullable Reason of(@Nullable AppendOutcome outcome, @Nullable Throwable error) {
            if (error != null || outcome == null) {
                return CLOSED;
            }
            if (outcome instanceof AppendOutcome.Appended || outcome instanceof AppendOutcome.Conflict) {
                return null;
            }
            return outcome instanceof AppendOutcome.Fenced ? LOST_CLAIM : ILLEGAL;
        }
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
