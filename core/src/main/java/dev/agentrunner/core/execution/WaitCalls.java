package dev.agentrunner.core.execution;

import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.Signals.Signal;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.StepFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Timers and signals. */
final class WaitCalls {

    private static final String APPROVAL_PREFIX = "approval.";

    private final Execution execution;
    private final Scope scope;

    WaitCalls(Execution execution, Scope scope) {
        this.execution = execution;
        this.scope = scope;
    }

    void sleep(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A run cannot sleep for " + duration);
        }
        StepId id = scope.next("sleep");
        StepState known = begin(id, "sleep", "sleep", StepPlan.until(moment(duration)));
        if (known.status() == StepStatus.RUNNING && known.plan().wakeAt() != null) {
            execution.parking().park(Pending.until(Waiting.TIMER, known.plan().wakeAt()));
            execution.recordResult(scope, new StepCommand.Complete(id, Value.NULL, 0, null, List.of()));
        }
    }

    <T> T await(String signal, ResultType<T> type, @Nullable Duration timeout) {
        StepId id = scope.next(signal);
        Instant until = timeout == null ? null : moment(timeout);
        StepState known = begin(id, signal, "await", StepPlan.signal(signal, until));
        while (known.status() == StepStatus.RUNNING) {
            Signal arrived = find(signal);
            Instant end = known.plan().wakeAt();
            if (arrived != null) {
                consume(id, arrived);
            } else if (end != null && !execution.kit().clock().instant().isBefore(end)) {
                fail(id, signal);
            } else {
                Waiting waiting = signal.startsWith(APPROVAL_PREFIX) ? Waiting.APPROVAL : Waiting.SIGNAL;
                execution.parking().park(new Pending(waiting, end, Set.of(signal), () -> find(signal) != null));
            }
            known = execution.state(id);
        }
        return StepCalls.recorded(execution, known, type);
    }

    /** Starts the step unless it has been; gives how it stands. */
    private StepState begin(StepId id, String name, String kind, StepPlan plan) {
        StepState known = execution.state(id);
        scope.requireKind(known, kind);
        if (known.status() != StepStatus.PENDING) {
            return known;
        }
        execution.parking().boundary();
        execution.record(new StepCommand.Start(id, name, kind, plan, null, scope.takeTold()));
        return execution.state(id);
    }

    private void consume(StepId id, Signal signal) {
        try {
            execution.recordResult(
                    scope, new StepCommand.Complete(id, Value.inline(signal.payload()), 0, signal.seq(), List.of()));
        } catch (RefusedException e) {
            // Another branch that waits for the same name was quicker: look for the next one.
            if (e.why() != Refusal.SIGNAL_CONSUMED) {
                throw e;
            }
        }
    }

    private void fail(StepId id, String signal) {
        Failure failure = new Failure("timeout", "No signal '" + signal + "' came in time", false, null);
        execution.recordResult(scope, new StepCommand.Fail(id, failure, 0, List.of()));
        throw new StepFailedException(id, failure);
    }

    private @Nullable Signal find(String name) {
        return execution
                .journal()
                .<@Nullable Signal>view(history -> history.signal(name).orElse(null));
    }

    private Instant moment(Duration fromNow) {
        return execution.kit().clock().instant().plus(fromNow);
    }
}
