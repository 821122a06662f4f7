package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.LlmNote;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepFact;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns decided facts into a commit: folds them, and gathers the rows that changed. */
public final class Draft {

    private Draft() {}

    /** Applies {@code facts} to {@code history} and gives the commit that makes them durable. */
    public static Commit of(RunId run, Fence fence, Actor actor, RunHistory history, List<Fact> facts) {
        facts.forEach(history::apply);
        List<Said> said = facts.stream().map(fact -> new Said(fact, actor)).toList();
        return ofApplied(run, fence, history, said);
    }

    /** The commit that makes the last facts durable that were applied to {@code history}: these. */
    static Commit ofApplied(RunId run, Fence fence, RunHistory history, List<Said> facts) {
        List<NewEvent> events = new ArrayList<>(facts.size());
        Set<StepId> changed = new LinkedHashSet<>();
        List<ArtifactRow> artifacts = new ArrayList<>();
        Map<StepId, Spending> spending = new HashMap<>();
        for (Said said : facts) {
            Fact fact = said.fact();
            events.add(FactCodec.encode(fact, author(fact, said.actor())));
            if (fact instanceof StepFact about) {
                changed.add(about.step());
            } else if (fact instanceof Note.ArtifactCreated created) {
                artifacts.add(created.artifact());
            } else if (fact instanceof LlmNote told && !told.spent().equals(Spending.NONE)) {
                spending.put(told.step(), history.spending(told.step()));
            }
        }
        List<StepRow> steps = new ArrayList<>(changed.size());
        changed.forEach(id -> steps.add(history.step(id).row()));
        Projection projection =
                new Projection(history.run().row(), ready(fence, history), steps, artifacts, wakes(history), spending);
        return new Commit(run, fence, history.seq() - facts.size(), events, projection);
    }

    /** A run that is born claimed is submitted by somebody, but started by the node. */
    private static Actor author(Fact fact, Actor actor) {
        return fact instanceof RunFact.Started started ? Actor.worker(started.node()) : actor;
    }

    private static Ready ready(Fence fence, RunHistory history) {
        Ready ready = history.ready();
        // Seen from outside, a run that somebody executes is not to be claimed by anybody else.
        return fence instanceof Fence.Outside && ready instanceof Ready.Held ? Ready.never() : ready;
    }

    private static List<RunId> wakes(RunHistory history) {
        RunId parent = history.run().birth().spec().lineage().parent();
        return parent != null && history.isTerminal() ? List.of(parent) : List.of();
    }
}
