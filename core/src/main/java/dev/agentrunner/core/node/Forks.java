package dev.agentrunner.core.node;

import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepFact;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.time.Ids;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses what a fork begins with. */
final class Forks {

    private Forks() {}

    /**
     * The recorded results, and artifacts, of the steps that completed and started before the one to fork
     * from; in the order in which they started.
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
            } else if (fact instanceof StepFact.Skipped) {
                copies.add(fact);
            } else if (fact instanceof Note.ArtifactCreated created) {
                copies.add(new Note.ArtifactCreated(withId(created.artifact(), ids)));
            }
        }
        return copies;
    }

    private static Set<StepId> kept(RunHistory history, ForkOptions options) {
        long before = Long.MAX_VALUE;
        StepId from = options.fromStep();
        if (from != null) {
            StepState step = history.step(from);
            if (step.status() == StepStatus.PENDING) {
                throw new IllegalArgumentException("The run has no step '" + from + "' to fork from");
            }
            before = step.row().startedSeq();
        }
        Set<StepId> kept = new LinkedHashSet<>();
        for (StepState step : history.steps()) {
            boolean done = step.status() == StepStatus.COMPLETED || step.status() == StepStatus.SKIPPED;
            if (done && step.row().startedSeq() < before && !isAround(step.row().id(), from)) {
                kept.add(step.row().id());
            }
        }
        return kept;
    }

    /** Whether the step to fork from is in a branch of this one, so that this one is not done either. */
    private static boolean isAround(StepId outer, @Nullable StepId inner) {
        if (inner == null || !inner.value().startsWith(outer.value())) {
            return false;
        }
        String rest = inner.value().substring(outer.value().length());
        return (rest.startsWith("[") || rest.startsWith(".")) && rest.contains("/");
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
