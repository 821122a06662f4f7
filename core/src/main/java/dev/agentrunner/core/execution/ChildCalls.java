package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.journal.Durable;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Child runs: recorded before they are created, so that a crash in between creates no second one. */
final class ChildCalls {

    private final Execution execution;
    private final Scope scope;

    ChildCalls(Execution execution, Scope scope) {
        this.execution = execution;
        this.scope = scope;
    }

    <I, O> O call(String name, Workflow<I, O> workflow, I input) {
        StepId id = scope.next(name);
        StepState known = execution.state(id);
        scope.requireKind(known, "call");
        if (known.status() == StepStatus.PENDING) {
            execution.parking().boundary();
            StepPlan plan = StepPlan.child(execution.kit().ids().run());
            Durable.await(execution.record(new StepCommand.Start(id, name, "call", plan, null, scope.takeTold())));
            known = execution.state(id);
        }
        RunId child = known.plan().child();
        if (known.status() == StepStatus.RUNNING && child != null) {
            Values values = execution.kit().values();
            execution.patiently(() -> {
                execution
                        .kit()
                        .family()
                        .ensure(
                                child,
                                execution.run(),
                                workflow.ref(),
                                values.codec().writeAsGiven(input));
                return true;
            });
            finish(id, child, await(child));
            known = execution.state(id);
        }
        return StepCalls.recorded(execution, known, workflow.output());
    }

    private @Nullable RunFact await(RunId child) {
        AtomicBoolean changed = new AtomicBoolean();
        Family family = execution.kit().family();
        Family.Watch watch = family.watch(child, () -> {
            changed.set(true);
            execution.parking().poke();
        });
        try {
            while (true) {
                changed.set(false);
                Optional<RunHistory> history =
                        execution.patiently(() -> execution.kit().family().history(child));
                if (history.isEmpty() || history.get().isTerminal()) {
                    return history.map(each -> each.run().ending()).orElse(null);
                }
                execution.parking().park(new Pending(Waiting.CHILD, null, Set.of(), changed::get));
            }
        } finally {
            watch.close();
        }
    }

    private void finish(StepId id, RunId child, @Nullable RunFact ending) {
        if (ending instanceof RunFact.Completed completed) {
            Value output = completed.output();
            List<Note> notes = Telling.listing(execution.kit(), id, output);
            execution.recordResult(scope, new StepCommand.Complete(id, output, 0, null, notes));
            return;
        }
        execution.recordResult(scope, new StepCommand.Fail(id, failure(child, ending), 0, List.of()));
    }

    private static Failure failure(RunId child, @Nullable RunFact ending) {
        if (ending instanceof RunFact.Failed failed) {
            Failure failure = failed.failure();
            return new Failure(failure.kind(), "Child run " + child + " failed: " + failure.message(), false, null);
        }
        return ending == null
                ? new Failure("child_gone", "Child run " + child + " was purged before its parent saw it", false, null)
                : new Failure("child_canceled", "Child run " + child + " was canceled", false, null);
    }
}
