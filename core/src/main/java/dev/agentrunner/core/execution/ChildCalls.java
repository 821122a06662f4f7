package dev.agentrunner.core.execution;

import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.core.journal.Durable;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.workflow.InvalidInputException;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Steps;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Child runs: recorded before they are created, so that a crash in between creates no second one. */
final class ChildCalls {

    private static final String KIND = "call";

    private final Execution execution;
    private final Scope scope;
    private final int depth;

    ChildCalls(Execution execution, Scope scope, int depth) {
        this.execution = execution;
        this.scope = scope;
        this.depth = depth;
    }

    <I, O> O call(String name, Workflow<I, O> workflow, I input) {
        return call(name, KIND, workflow::ref, input, null, workflow.output());
    }

    <O> O call(String name, String workflow, Object input, ResultType<O> output, StepOptions options) {
        String kind = options.kind().equals(StepOptions.DEFAULT.kind()) ? KIND : options.kind();
        return call(name, kind, () -> execution.kit().family().newest(workflow), input, options.timeout(), output);
    }

    private <O> O call(
            String name,
            String kind,
            Supplier<WorkflowRef> workflow,
            @Nullable Object input,
            @Nullable Duration timeout,
            ResultType<O> output) {
        StepId id = scope.next(name);
        StepState known = execution.state(id);
        scope.requireKind(known, kind);
        if (known.status() == StepStatus.PENDING) {
            if (depth >= Steps.MAX_DEPTH) {
                throw new TerminalFailureException(
                        "nested_too_deep",
                        "Runs are nested " + depth + " deep, which is as deep as they may be; step '" + id
                                + "' starts no further one. A workflow that runs itself needs an end");
            }
            execution.parking().boundary();
            StepPlan plan = StepPlan.child(execution.kit().ids().run());
            Durable.await(execution.record(new StepCommand.Start(id, name, kind, plan, null, scope.takeTold())));
            known = execution.state(id);
        }
        RunId child = known.plan().child();
        if (known.status() == StepStatus.RUNNING && child != null) {
            try {
                Json given = execution.kit().values().codec().writeAsGiven(input);
                execution.patiently(() -> {
                    Family family = execution.kit().family();
                    // A child that exists goes on, whatever has become of its workflow since.
                    if (family.history(child).isEmpty()) {
                        family.ensure(
                                child, new Family.Child(execution.run(), depth + 1, workflow.get(), timeout), given);
                    }
                    return true;
                });
                finish(id, child, await(child));
            } catch (InvalidInputException | UnknownWorkflowException e) {
                execution.recordResult(scope, new StepCommand.Fail(id, execution.failure(e), 0, List.of()));
            }
            known = execution.state(id);
        }
        return StepCalls.recorded(execution, known, output);
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
