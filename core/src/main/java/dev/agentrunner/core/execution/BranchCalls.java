package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.Branches.BranchBody;
import dev.agentrunner.workflow.Branches.ItemBody;
import dev.agentrunner.workflow.NonDeterministicWorkflowException;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.TerminalFailureException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Branches of a body, recorded as a step of which the branches' steps are part. */
final class BranchCalls {

    private final Frame frame;

    BranchCalls(Frame frame) {
        this.frame = frame;
    }

    <T> List<T> parallel(String name, ResultType<T> type, List<Branch<T>> branches) {
        Set<String> names = new HashSet<>();
        for (Branch<T> each : branches) {
            if (Scope.checked(each.name()).indexOf('.') >= 0) {
                throw new IllegalArgumentException(
                        "A branch of '" + name + "' is named '" + each.name() + "'; a branch's name has no '.'");
            }
            if (!names.add(each.name())) {
                throw new IllegalArgumentException("Two branches of '" + name + "' are named '" + each.name() + "'");
            }
        }
        return all(
                name,
                "parallel",
                type,
                branches.size(),
                Math.max(1, branches.size()),
                (id, index) -> new Branch<>(
                        id + "." + branches.get(index).name(),
                        branches.get(index).body()));
    }

    <I, T> List<T> map(String name, ResultType<T> type, List<I> items, int concurrency, ItemBody<I, T> body) {
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "'" + name + "' has a concurrency of " + concurrency + "; it must be 1 or more");
        }
        return all(name, "map", type, items.size(), concurrency, (id, index) -> {
            BranchBody<T> one = context -> body.run(context, items.get(index));
            return new Branch<>(id + "[" + index + "]", one);
        });
    }

    /** Gives the branch with this index: its path and its body. */
    private interface Source<T> {
        Branch<T> branch(StepId id, int index);
    }

    private <T> List<T> all(
            String name, String kind, ResultType<T> type, int count, int concurrency, Source<T> source) {
        Execution execution = frame.execution();
        StepId id = frame.scope().next(name);
        StepState known = execution.state(id);
        frame.scope().requireKind(known, kind);
        if (known.status() == StepStatus.PENDING) {
            execution.parking().boundary();
            execution.record(new StepCommand.Start(
                    id, name, kind, StepPlan.BODY, null, frame.scope().takeTold()));
        }
        if (!known.status().isTerminal()) {
            Crew<T> crew = new Crew<>(frame, count, concurrency, index -> source.branch(id, index));
            crew.work();
            finish(id, crew);
            known = execution.state(id);
        }
        List<T> results = StepCalls.recorded(
                execution, known, execution.kit().values().codec().listOf(type));
        return results == null ? List.of() : results;
    }

    private <T> void finish(StepId id, Crew<T> crew) {
        Execution execution = frame.execution();
        List<Note> notes = new ArrayList<>(crew.told());
        Throwable thrown = crew.failure();
        if (thrown instanceof NonDeterministicWorkflowException changedCode) {
            // No outcome of the branches: the code must be mended, and the log still fits it then.
            throw changedCode;
        }
        if (thrown != null) {
            execution.recordResult(frame.scope(), new StepCommand.Fail(id, execution.failure(thrown), 0, notes));
            return;
        }
        Value value;
        try {
            value = execution.value(crew.results()).value();
        } catch (TerminalFailureException e) {
            execution.recordResult(frame.scope(), new StepCommand.Fail(id, execution.failure(e), 0, notes));
            return;
        }
        notes.addAll(Telling.listing(execution.kit(), id, value));
        execution.recordResult(frame.scope(), new StepCommand.Complete(id, value, 0, null, notes));
    }
}
