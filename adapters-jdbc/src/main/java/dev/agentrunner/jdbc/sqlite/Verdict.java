package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.RunRow;
import org.jspecify.annotations.Nullable;

/**
 * Says why a commit is refused. Steps and artifacts are not looked at: the database refuses illegal ones, and then every
 * commit of the batch gets its own try, so that legal batches need not read them.
 */
final class Verdict {

    private Verdict() {}

    /** For a commit to a run that exists; null if nothing speaks against it. */
    static @Nullable AppendOutcome refusal(Commit commit, RunState run) {
        if (commit.fence() instanceof Fence.Holding holding && (run.node == null || run.epoch != holding.epoch())) {
            return new AppendOutcome.Fenced(run.epoch);
        }
        if (run.lastSeq != commit.expectedSeq()) {
            return new AppendOutcome.Conflict(run.lastSeq);
        }
        return illegal(run, commit.projection().run());
    }

    static AppendOutcome.@Nullable Illegal illegal(RunState run, RunRow next) {
        if (!run.row.status().mayBecome(next.status())) {
            return new AppendOutcome.Illegal(
                    "INV-1: run " + run.id + " is " + run.row.status() + " and cannot become " + next.status());
        }
        if (next.recoveries() < run.row.recoveries()) {
            return new AppendOutcome.Illegal("INV-1: run " + run.id + " has " + run.row.recoveries()
                    + " recoveries and cannot have " + next.recoveries());
        }
        return null;
    }
}
