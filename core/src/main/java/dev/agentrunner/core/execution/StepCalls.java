package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Steps.StepBody;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps with a body, and the small ones that the engine does itself. */
final class StepCalls {

    private final Execution execution;
    private final Scope scope;

    StepCalls(Execution execution, Scope scope) {
        this.execution = execution;
        this.scope = scope;
    }

    <T> T step(String name, String kind, ResultType<T> type, StepOptions options, StepBody<T> body) {
        StepId id = next(name, kind);
        StepState known = execution.state(id);
        if (known.status() == StepStatus.SKIPPED) {
            throw scope.diverged("step " + id + " left out", "the same step executed");
        }
        if (known.status().isTerminal()) {
            return recorded(execution, known, type);
        }
        scope.enterBody();
        try {
            // Through its JSON, so that a replay sees the same.
            Json result = new Attempts(execution, scope, id, name, kind, options).run(body);
            return execution.kit().values().codec().read(result, type);
        } finally {
            scope.leaveBody();
        }
    }

    void skip(String name, String kind, String reason) {
        StepId id = next(name, kind);
        StepStatus status = execution.state(id).status();
        if (status != StepStatus.PENDING && status != StepStatus.SKIPPED) {
            throw scope.diverged("step " + id + " executed", "the same step left out");
        }
        if (status == StepStatus.PENDING) {
            execution.parking().boundary();
            execution.record(new StepCommand.Skip(id, name, kind, reason, scope.takeTold()));
        }
    }

    /** A step whose result the engine makes at once. */
    <T> T inline(String name, String kind, ResultType<T> type, Supplier<T> body) {
        return execution.read(made(name, kind, id -> execution.value(body.get()).value(), id -> List.of()), type);
    }

    /** A step that lists an artifact; its result is the artifact's id. */
    String artifact(Function<StepId, ArtifactRow> maker) {
        ArtifactRow[] made = new ArtifactRow[1];
        Value result = made(
                "artifact",
                "artifact",
                id -> {
                    made[0] = maker.apply(id);
                    return execution.value(made[0].id().toString()).value();
                },
                id -> List.of(new Note.ArtifactCreated(made[0])));
        return execution.read(result, ResultType.of(String.class));
    }

    private Value made(String name, String kind, Function<StepId, Value> body, Function<StepId, List<Note>> notes) {
        StepId id = next(name, kind);
        StepState known = execution.state(id);
        if (known.status() == StepStatus.COMPLETED && known.result() != null) {
            return known.result();
        }
        execution.parking().boundary();
        Value result = body.apply(id);
        execution.record(new StepCommand.Start(id, name, kind, StepPlan.BODY, null, scope.takeTold()));
        execution.recordResult(scope, new StepCommand.Complete(id, result, 0, null, notes.apply(id)));
        return result;
    }

    private StepId next(String name, String kind) {
        StepId id = scope.next(name);
        scope.requireKind(execution.state(id), kind);
        return id;
    }

    /** The recorded outcome of a step that has ended. */
    @SuppressWarnings("NullAway") // A skipped step gives null, as does one whose result is JSON null.
    static <T> T recorded(Execution execution, StepState ended, ResultType<T> type) {
        @Nullable Value result = ended.result();
        if (ended.status() == StepStatus.FAILED && ended.failure() != null) {
            throw new StepFailedException(ended.row().id(), ended.failure());
        }
        if (ended.status() == StepStatus.CANCELED) {
            throw new Unwind(Stop.ENDED);
        }
        return result == null ? null : execution.read(result, type);
    }
}
