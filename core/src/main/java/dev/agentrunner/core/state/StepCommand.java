package dev.agentrunner.core.state;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands of a step's executor. {@code notes} are recorded together with the step's own fact, before
 * it: what was logged, emitted and made meanwhile.
 */
public sealed interface StepCommand extends Command {

    StepId step();

    List<Note> notes();

    Decision decide(StepState state, RunHistory history);

    @Override
    default Decision decide(RunHistory history) {
        RunState run = history.run();
        if (history.isTerminal()) {
            return Decision.refuse(Refusal.RUN_FINISHED, "The run is " + run.status());
        }
        if (run.status() == RunStatus.QUEUED || run.suspension() != null) {
            return Decision.refuse(Refusal.NOT_CLAIMED, "The run was not taken up by this node");
        }
        Decision own = decide(history.step(step()), history);
        if (!(own instanceof Decision.Accepted accepted) || accepted.facts().isEmpty()) {
            return own;
        }
        List<Fact> facts = new ArrayList<>(notes());
        facts.addAll(accepted.facts());
        return Decision.accept(facts);
    }

    /**
     * Begins an attempt. A step that must not run twice begins again only when a waiting signal approves it
     * (INV-8), which is used up.
     */
    record Start(
            StepId step,
            String name,
            String kind,
            StepPlan plan,
            @Nullable Long approvedBy,
            List<Note> notes) implements StepCommand {
        public Start {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            if (state.status().isTerminal()) {
                return Decision.refuse(Refusal.STEP_FINISHED, "Step " + step + " is " + state.status());
            }
            boolean approved = approvedBy != null && history.isWaiting(approvedBy);
            if (state.status() == StepStatus.RUNNING && state.plan().atMostOnce() && !approved) {
                return Decision.refuse(
                        Refusal.AT_MOST_ONCE, "Step " + step + " was begun before and must not run twice");
            }
            if (approvedBy != null && !approved) {
                return Decision.refuse(Refusal.SIGNAL_CONSUMED, "Signal " + approvedBy + " is not waiting any more");
            }
            return Decision.accept(
                    new StepFact.Started(step, name, kind, state.row().attempts() + 1, plan, approvedBy));
        }
    }

    /** Records what was told while an attempt is under way. */
    record Tell(StepId step, List<Note> notes) implements StepCommand {
        public Tell {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            return decideRunning(state, List.copyOf(notes));
        }

        @Override
        public Decision decide(RunHistory history) {
            RunState run = history.run();
            return run.status().isTerminal()
                    ? Decision.refuse(Refusal.RUN_FINISHED, "The run is " + run.status())
                    : decide(history.step(step), history);
        }
    }

    record FailAttempt(
            StepId step, Failure failure, @Nullable Instant retryAt, List<Note> notes) implements StepCommand {
        public FailAttempt {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            if (retryAt != null && retryAt.equals(state.retryAt()) && failure.equals(state.failure())) {
                return Decision.nothing();
            }
            return decideRunning(
                    state, List.of(new StepFact.AttemptFailed(step, state.row().attempts(), failure, retryAt)));
        }
    }

    record Complete(
            StepId step,
            Value result,
            long durationMs,
            @Nullable Long signalSeq,
            List<Note> notes) implements StepCommand {
        public Complete {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            if (state.status() == StepStatus.COMPLETED && result.equals(state.result())) {
                return Decision.nothing();
            }
            if (signalSeq != null && !history.isWaiting(signalSeq)) {
                return Decision.refuse(
                        Refusal.SIGNAL_CONSUMED, "Signal " + signalSeq + " was consumed by another step");
            }
            return decideRunning(state, List.of(new StepFact.Completed(step, result, durationMs, signalSeq)));
        }
    }

    record Fail(StepId step, Failure failure, long durationMs, List<Note> notes) implements StepCommand {
        public Fail {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            if (state.status() == StepStatus.FAILED && failure.equals(state.failure())) {
                return Decision.nothing();
            }
            return decideRunning(state, List.of(new StepFact.Failed(step, failure, durationMs)));
        }
    }

    record Skip(
            StepId step, String name, String kind, @Nullable String reason, List<Note> notes) implements StepCommand {
        public Skip {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision decide(StepState state, RunHistory history) {
            if (state.status() == StepStatus.SKIPPED) {
                return Decision.nothing();
            }
            return state.status() == StepStatus.PENDING
                    ? Decision.accept(new StepFact.Skipped(step, name, kind, reason))
                    : Decision.refuse(Refusal.STEP_FINISHED, "Step " + step + " is " + state.status());
        }
    }

    private static Decision decideRunning(StepState state, List<? extends Fact> facts) {
        return switch (state.status()) {
            case RUNNING -> Decision.accept(List.copyOf(facts));
            case PENDING ->
                Decision.refuse(Refusal.STEP_NOT_STARTED, "Step " + state.row().id() + " was not started");
            default ->
                Decision.refuse(Refusal.STEP_FINISHED, "Step " + state.row().id() + " is " + state.status());
        };
    }
}
