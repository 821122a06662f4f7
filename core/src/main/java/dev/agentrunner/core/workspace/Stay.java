package dev.agentrunner.core.workspace;

import dev.agentrunner.core.state.Note;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.workspace.Workspace;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One attempt's use of the workspace. Ended by one thread; the workspace may be taken back by another one before. */
public final class Stay {

    private final RunWorkspace owner;
    private final LentWorkspace lent;
    private boolean over; // guarded by owner

    Stay(RunWorkspace owner, LentWorkspace lent) {
        this.owner = owner;
        this.lent = lent;
    }

    /** As long as the attempt lasts. */
    public Workspace workspace() {
        return lent;
    }

    /**
     * Ends the stay, and keeps what has changed in the workspace since the last record.
     *
     * @param log takes what is to be recorded of it, before anybody else enters: the log gets the records of attempts that
     *     overlap in the order in which they are made, because a later one relies on what an earlier one has listed
     */
    public void conclude(StepId step, Supplier<ArtifactId> ids, Consumer<List<Note>> log) {
        lent.takeBack();
        lent.endCommands();
        synchronized (owner) {
            log.accept(owner.changes(step, ids));
            end(false);
        }
    }

    /** Ends the stay, and what it did is undone before the next one. Does nothing once it has ended. */
    public void undo() {
        lent.takeBack();
        lent.endCommands();
        synchronized (owner) {
            end(true);
        }
    }

    private void end(boolean undo) {
        if (!over) {
            over = true;
            owner.left(this, undo);
        }
    }

    LentWorkspace lent() {
        return lent;
    }
}
