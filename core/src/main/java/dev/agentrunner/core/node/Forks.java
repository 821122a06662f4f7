package dev.agentrunner.core.node;

import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepFact;
import dev.agentrunner.core.state.WorkspaceNote;
import dev.agentrunner.core.time.Ids;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chooses what a fork begins with. */
final class Forks {

    private Forks() {}

    /**
     * The recorded outcomes, and artifacts, of the steps to keep, as they were recorded.
     *
     * @throws IllegalArgumentException if the run has no such step
     */
    static List<Fact> copies(List<Event> log, ForkOptions options, Ids ids) {
        RunHistory history = RunHistory.of(log);
        Set<StepId> kept = kept(history, options);
        List<Fact> copies = new ArrayList<>();
        for (Event event : log) {
            Fact fact = FactCodec.decode(event);
            if (fact.step() == null || !kept.contains(fact.step())) {
                continue;
            }
            if (fact instanceof StepFact.Started started) {
                if (started.attempt() == 1) {
                    copies.add(new StepFact.Started(
                            started.step(), started.name(), started.kind(), 1, started.plan(), null));
                }
            } else if (fact instanceof StepFact.Completed completed) {
                copies.add(new StepFact.Completed(completed.step(), completed.result(), completed.durationMs(), null));
            } else if (fact instanceof WorkspaceNote && isBefore(event, history, options)) {
                copies.add(fact);
            } else if (fact instanceof StepFact.Skipped || fact instanceof StepFact.Failed) {
                copies.add(fact);
            } else if (fact instanceof Note.ArtifactCreated created) {
                copies.add(new Note.ArtifactCreated(withId(created.artifact(), ids)));
            }
        }
        return copies;
    }

    /** What was recorded of the files after the fork's step had begun may hold what that one did. */
    private static boolean isBefore(Event event, RunHistory history, ForkOptions options) {
        StepId from = options.fromStep();
        return from == null || event.seq() < history.step(from).row().startedSeq();
    }

    private static Set<StepId> kept(RunHistory history, ForkOptions options) {
        StepId from = options.fromStep();
        if (from == null) {
            return new Kept(history).untilFirstUnfinished();
        }
        if (history.step(from).status() == StepStatus.PENDING) {
            throw new IllegalArgumentException("The run has no step '" + from + "' to fork from");
        }
        return new Kept(history).before(history.step(from));
    }

    private static ArtifactRow withId(ArtifactRow artifact, Ids ids) {
        return new ArtifactRow(
                ids.artifact(),
                artifact.step(),
                artifact.name(),
                artifact.kind(),
                artifact.mediaType(),
                artifact.blob());
    }
}
