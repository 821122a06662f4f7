package dev.agentrunner.memory;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.StepRow;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides whether a commit may be written; writes nothing. */
final class Verdict {

    private Verdict() {}

    /** Why the commit is refused, in the order of precedence that {@link AppendOutcome} prescribes; null if it is not. */
    static @Nullable AppendOutcome refusal(Tables tables, Commit commit) {
        StoredRun run = tables.runs.get(commit.run());
        if (commit.fence() instanceof Fence.Create create) {
            RunId existing = existing(tables, run, create);
            return existing != null ? new AppendOutcome.Exists(existing) : illegal(null, commit.projection());
        }
        if (run == null) {
            return new AppendOutcome.Conflict(0);
        }
        if (commit.fence() instanceof Fence.Holding holding && (run.node() == null || run.epoch() != holding.epoch())) {
            return new AppendOutcome.Fenced(run.epoch());
        }
        if (run.lastSeq() != commit.expectedSeq()) {
            return new AppendOutcome.Conflict(run.lastSeq());
        }
        return illegal(run, commit.projection());
    }

    private static @Nullable RunId existing(Tables tables, @Nullable StoredRun run, Fence.Create create) {
        if (run != null) {
            return run.id;
        }
        String key = create.spec().idempotencyKey();
        return key == null ? null : tables.keys.get(key);
    }

    private static AppendOutcome.@Nullable Illegal illegal(@Nullable StoredRun run, Projection next) {
        RunRow before = run == null ? RunRow.QUEUED : run.row();
        if (!before.status().mayBecome(next.run().status())) {
            return new AppendOutcome.Illegal("The run is " + before.status() + " and cannot become "
                    + next.run().status());
        }
        if (next.run().recoveries() < before.recoveries()) {
            return new AppendOutcome.Illegal("The run has " + before.recoveries() + " recoveries and cannot have "
                    + next.run().recoveries());
        }
        for (StepRow step : next.steps()) {
            StoredStep known = run == null ? null : run.steps.find(step.id());
            if (known != null && !known.row().status().mayBecome(step.status())) {
                return new AppendOutcome.Illegal(
                        "Step " + step.id() + " is " + known.row().status() + " and cannot become " + step.status());
            }
            if (known != null && step.attempts() < known.row().attempts()) {
                return new AppendOutcome.Illegal("Step " + step.id() + " has "
                        + known.row().attempts() + " attempts and cannot have " + step.attempts());
            }
        }
        return secondArtifact(run, next);
    }

    private static AppendOutcome.@Nullable Illegal secondArtifact(@Nullable StoredRun run, Projection next) {
        if (next.artifacts().isEmpty()) {
            return null;
        }
        Set<ArtifactId> ids = new HashSet<>();
        if (run != null) {
            run.artifacts().forEach(made -> ids.add(made.artifact().id()));
        }
        for (ArtifactRow artifact : next.artifacts()) {
            if (!ids.add(artifact.id())) {
                return new AppendOutcome.Illegal("The run already has an artifact " + artifact.id());
            }
        }
        return null;
    }
}
