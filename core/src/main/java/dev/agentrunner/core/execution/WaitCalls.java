package dev.agentrunner.core.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.Signals.Signal;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.workflow.Answer;
import dev.agentrunner.workflow.ApprovalRequest;
import dev.agentrunner.workflow.ApprovalRequest.OnTimeout;
import dev.agentrunner.workflow.Notes.Level;
import dev.agentrunner.workflow.ResultType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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

    void sleep(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A run cannot sleep for " + duration);
        }
        StepId id = scope.next(name);
        StepState known = begin(id, name, "sleep", StepPlan.until(moment(duration)));
        if (known.status() == StepStatus.RUNNING && known.plan().wakeAt() != null) {
            execution.parking().park(Pending.until(Waiting.TIMER, known.plan().wakeAt()));
            execution.recordResult(scope, new StepCommand.Complete(id, Value.NULL, 0, null, List.of()));
        }
    }

    <T> T await(String signal, ResultType<T> type, @Nullable Duration timeout) {
        StepId id = scope.next(signal);
        Instant until = timeout == null ? null : moment(timeout);
        StepState known = begin(id, signal, "await", StepPlan.signal(signal, until));
        await(known, signal, arrived -> Value.inline(arrived.payload()), () -> late(id, "No signal '" + signal + "'"));
        return StepCalls.recorded(execution, execution.state(id), type);
    }

    /** Asks a person; the answer is recorded as the step's result. */
    @Nullable Answer approval(String name, ApprovalRequest request) {
        StepId id = scope.next(name);
        String signal = APPROVAL_PREFIX + id;
        Instant until = request.timeout() == null ? null : moment(request.timeout());
        // Told with the start of the step, so that nobody is asked without a question.
        scope.tell(Telling.log(id, Level.INFO, execution.secrets().redact(request.message())));
        StepState known = begin(id, name, "approval", StepPlan.signal(signal, until));
        scope.takeTold();
        await(known, signal, arrived -> execution.value(answer(arrived)).value(), () -> silence(id, request));
        return StepCalls.recorded(execution, execution.state(id), ResultType.of(Answer.class));
    }

    /** Until the step has ended: with what a signal says, or as it does when none came in time. */
    private void await(StepState begun, String signal, Function<Signal, Value> result, Supplier<StepCommand> late) {
        StepId id = begun.row().id();
        StepState known = begun;
        while (known.status() == StepStatus.RUNNING) {
            Signal arrived = find(signal);
            Instant end = known.plan().wakeAt();
            if (arrived != null) {
                consume(id, arrived, result.apply(arrived));
            } else if (end != null && !execution.kit().clock().instant().isBefore(end)) {
                execution.recordResult(scope, late.get());
            } else {
                Waiting waiting = signal.startsWith(APPROVAL_PREFIX) ? Waiting.APPROVAL : Waiting.SIGNAL;
                execution.parking().park(new Pending(waiting, end, Set.of(signal), () -> find(signal) != null));
            }
            known = execution.state(id);
        }
    }

    private static Answer answer(Signal signal) {
        JsonNode said = signal.payload().tree();
        JsonNode payload = said.get("payload");
        return new Answer(
                said.path("approved").asBoolean(),
                signal.fact().by(),
                said.hasNonNull("comment") ? said.get("comment").asText() : null,
                payload == null || payload.isNull() ? null : new Json(payload.toString()));
    }

    private StepCommand silence(StepId id, ApprovalRequest request) {
        return switch (request.onTimeout()) {
            case FAIL -> late(id, "No approval");
            case SKIP -> new StepCommand.Complete(id, Value.NULL, 0, null, List.of());
            case APPROVE, REJECT -> {
                boolean approved = request.onTimeout() == OnTimeout.APPROVE;
                Value said = execution
                        .value(new Answer(approved, "timeout", null, null))
                        .value();
                yield new StepCommand.Complete(id, said, 0, null, List.of());
            }
        };
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

    private void consume(StepId id, Signal signal, Value result) {
        try {
            List<Note> notes = Telling.listing(execution.kit(), id, result);
            execution.recordResult(scope, new StepCommand.Complete(id, result, 0, signal.seq(), notes));
        } catch (RefusedException e) {
            // Another branch that waits for the same name was quicker: look for the next one.
            if (e.why() != Refusal.SIGNAL_CONSUMED) {
                throw e;
            }
        }
    }

    private static StepCommand late(StepId id, String what) {
        Failure failure = new Failure("timeout", what + " came in time", false, null);
        return new StepCommand.Fail(id, failure, 0, List.of());
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
