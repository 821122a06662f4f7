package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides the commits of a batch one after the other, without I/O, and gathers the rows to be written. The runs are
 * locked, so what is decided here still holds when it is written.
 *
 * <p>Steps that were not read are taken for legal: the database checks them, and if it refuses, the batch is judged
 * again with everything read.
 */
final class Verdicts {

    private final Known known;
    final List<EventLine> events = new ArrayList<>();
    final Map<StepKey, StepImage> steps = new LinkedHashMap<>();
    final Map<ArtifactKey, ArtifactRow> artifacts = new LinkedHashMap<>();
    final Map<StepKey, Spending> spending = new LinkedHashMap<>();

    Verdicts(Known known) {
        this.known = known;
    }

    Collection<RunImage> runs() {
        return known.runs.values();
    }

    AppendOutcome judge(Commit commit) {
        RunImage image = known.runs.get(commit.run());
        if (commit.fence() instanceof Fence.Create create) {
            RunId existing =
                    image != null ? image.id : known.keys.get(create.spec().idempotencyKey());
            if (existing != null) {
                return new AppendOutcome.Exists(existing);
            }
            return take(commit, RunImage.born(commit.run(), create));
        }
        if (image == null) {
            return new AppendOutcome.Conflict(0);
        }
        if (commit.fence() instanceof Fence.Holding holding && (image.node == null || image.epoch != holding.epoch())) {
            return new AppendOutcome.Fenced(image.epoch);
        }
        if (image.lastSeq != commit.expectedSeq()) {
            return new AppendOutcome.Conflict(image.lastSeq);
        }
        return take(commit, image);
    }

    private AppendOutcome take(Commit commit, RunImage image) {
        Map<StepKey, StepImage> changed = new LinkedHashMap<>();
        String wrong = wrongRun(image, commit.projection().run());
        if (wrong == null) {
            wrong = wrongSteps(commit, changed);
        }
        if (wrong == null) {
            wrong = wrongArtifacts(commit);
        }
        if (wrong != null) {
            return new AppendOutcome.Illegal("Run " + commit.run() + ": " + wrong);
        }
        write(commit, image, changed);
        return new AppendOutcome.Appended(commit.lastSeq(), known.now);
    }

    private void write(Commit commit, RunImage image, Map<StepKey, StepImage> changed) {
        if (image.birth != null && !image.written) {
            known.runs.put(image.id, image);
            String key = image.birth.spec().idempotencyKey();
            if (key != null) {
                known.keys.put(key, image.id);
            }
        }
        long seq = commit.expectedSeq();
        for (NewEvent event : commit.events()) {
            events.add(new EventLine(commit.run(), ++seq, event));
        }
        steps.putAll(changed);
        for (ArtifactRow artifact : commit.projection().artifacts()) {
            artifacts.put(new ArtifactKey(commit.run(), artifact.id()), artifact);
        }
        commit.projection().spending().forEach((step, spent) -> spending.put(new StepKey(commit.run(), step), spent));
        image.commit(seq, commit.fence(), commit.projection(), known.now);
        for (RunId target : commit.projection().wakes()) {
            RunImage woken = known.runs.get(target);
            if (woken != null) {
                woken.wake(known.now);
            }
        }
    }

    private static @Nullable String wrongRun(RunImage image, RunRow next) {
        RunStatus before = image.row.status();
        if (!before.mayBecome(next.status())) {
            return "status " + before + " cannot become " + next.status() + " (INV-1)";
        }
        return next.recoveries() < image.row.recoveries()
                ? "recoveries cannot shrink from " + image.row.recoveries() + " to " + next.recoveries()
                : null;
    }

    private @Nullable String wrongSteps(Commit commit, Map<StepKey, StepImage> changed) {
        for (StepRow row : commit.projection().steps()) {
            StepKey key = new StepKey(commit.run(), row.id());
            StepImage before = changed.containsKey(key) ? changed.get(key) : before(key);
            if (before != null || known.readSteps.contains(key)) {
                StepStatus status =
                        before == null ? StepStatus.PENDING : before.row().status();
                if (!status.mayBecome(row.status())) {
                    return "step " + row.id() + " status " + status + " cannot become " + row.status() + " (INV-2)";
                }
                if (before != null && row.attempts() < before.row().attempts()) {
                    return "step " + row.id() + " attempts cannot shrink from "
                            + before.row().attempts() + " to " + row.attempts() + " (INV-2)";
                }
            }
            StepImage image = StepImage.of(commit.run(), row);
            changed.put(key, before == null ? image : image.after(before));
        }
        return null;
    }

    private @Nullable StepImage before(StepKey key) {
        StepImage written = steps.get(key);
        return written != null ? written : known.steps.get(key);
    }

    private @Nullable String wrongArtifacts(Commit commit) {
        List<ArtifactKey> mine = new ArrayList<>();
        for (ArtifactRow artifact : commit.projection().artifacts()) {
            ArtifactKey key = new ArtifactKey(commit.run(), artifact.id());
            if (known.artifacts.contains(key) || artifacts.containsKey(key) || mine.contains(key)) {
                return "artifact " + artifact.id() + " is there already";
            }
            mine.add(key);
        }
        return null;
    }
}
