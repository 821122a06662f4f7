package dev.agentrunner.core.state;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's state as the fold of its events (INV-5). The only mutator is {@link #apply}; it refuses what
 * the transition tables do not list. Not thread-safe.
 */
public final class RunHistory {

    /** A history without any event. */
    public RunHistory() {}

    private long seq;
    private @Nullable RunState run;
    private final Map<StepId, StepState> steps = new LinkedHashMap<>();
    private final Map<StepId, Spending> spending = new LinkedHashMap<>();
    private final Signals signals = new Signals();
    private @Nullable Blob workspace;

    /** Folds a whole log, or the beginning of one. */
    public static RunHistory of(Iterable<Event> events) {
        RunHistory history = new RunHistory();
        for (Event event : events) {
            if (event.seq() != history.seq + 1) {
                throw new IllegalHistoryException(event, history.seq + 1);
            }
            history.apply(FactCodec.decode(event));
        }
        return history;
    }

    /** The same history; neither changes with the other. */
    public RunHistory copy() {
        RunHistory copy = new RunHistory();
        copy.seq = seq;
        copy.run = run;
        copy.steps.putAll(steps);
        copy.spending.putAll(spending);
        copy.signals.add(signals);
        copy.workspace = workspace;
        return copy;
    }

    /**
     * Takes the next fact.
     *
     * @throws IllegalHistoryException if it cannot follow; nothing has changed then
     */
    public void apply(Fact fact) {
        if (fact instanceof RunFact change) {
            applyToRun(change);
        } else if (isTerminal() || run == null) {
            throw new IllegalHistoryException(fact, seq + 1, status());
        } else if (fact instanceof StepFact change) {
            applyToStep(change);
        } else if (fact instanceof LlmNote told) {
            spending.merge(told.step(), told.spent(), Spending::plus);
        } else if (fact instanceof WorkspaceNote changed) {
            workspace = changed.manifest();
        }
        seq++;
    }

    private void applyToRun(RunFact fact) {
        RunStatus next = RunTable.TABLE
                .next(status(), fact.type())
                .orElseThrow(() -> new IllegalHistoryException(fact, seq + 1, status()));
        if (fact instanceof RunFact.Signaled signaled) {
            signals.arrive(seq + 1, signaled);
        }
        run = run == null ? ((RunFact.Queued) fact).begin() : fact.fold(run).status(next);
    }

    private void applyToStep(StepFact fact) {
        StepState before = step(fact.step());
        StepStatus next = StepTable.TABLE
                .next(before.status(), fact.type())
                .orElseThrow(() -> new IllegalHistoryException(fact, seq + 1, before.status()));
        steps.put(fact.step(), fact.fold(before).row(row(before.row(), fact, next)));
        Long consumed = fact.signalSeq();
        if (consumed != null) {
            signals.consume(consumed);
        }
    }

    private StepRow row(StepRow before, StepFact fact, StepStatus next) {
        String name = before.name();
        String kind = before.kind();
        if (fact instanceof StepFact.Started started) {
            name = started.name();
            kind = started.kind();
        } else if (fact instanceof StepFact.Skipped skipped) {
            name = skipped.name();
            kind = skipped.kind();
        }
        int attempts = before.attempts() + (fact instanceof StepFact.Started ? 1 : 0);
        long startedSeq = before.startedSeq() == 0 ? seq + 1 : before.startedSeq();
        return new StepRow(before.id(), name, kind, next, attempts, startedSeq, next.isTerminal() ? seq + 1 : 0);
    }

    /** The seq of the last event; 0 before the first. */
    public long seq() {
        return seq;
    }

    /** Whether any event was folded. */
    public boolean exists() {
        return run != null;
    }

    /**
     * The run's own state.
     *
     * @throws IllegalStateException before the first event
     */
    public RunState run() {
        if (run == null) {
            throw new IllegalStateException("No event of the run was folded yet");
        }
        return run;
    }

    @Nullable RunStatus status() {
        return run == null ? null : run.status();
    }

    public boolean isTerminal() {
        return run != null && run.status().isTerminal();
    }

    /** The step's state; PENDING if no event named it. */
    public StepState step(StepId id) {
        StepState state = steps.get(id);
        return state == null ? StepState.pending(id) : state;
    }

    /** All steps that an event named, in the order in which they first started. */
    public Collection<StepState> steps() {
        return Collections.unmodifiableCollection(steps.values());
    }

    /** What was spent on a step. */
    public Spending spending(StepId id) {
        return spending.getOrDefault(id, Spending.NONE);
    }

    /** What was spent on the run. */
    public Spending spending() {
        return spending.values().stream().reduce(Spending.NONE, Spending::plus);
    }

    /** The manifest of the run's workspace after the last step that changed it; null before the first one. */
    public @Nullable Blob workspace() {
        return workspace;
    }

    /** Steps under way. */
    public List<StepState> running() {
        return steps.values().stream()
                .filter(each -> each.status() == StepStatus.RUNNING)
                .toList();
    }

    public Optional<Signals.Signal> signal(String name) {
        return signals.first(name);
    }

    boolean isWaiting(long signalSeq) {
        return signals.has(signalSeq);
    }

    /** When a node may take the run up. */
    public Ready ready() {
        RunState now = run();
        if (now.status().isTerminal()) {
            return Ready.never();
        }
        Suspension suspension = now.suspension();
        if (suspension == null) {
            return now.status() == RunStatus.QUEUED ? Ready.now() : Ready.held();
        }
        if (now.cancel() != null) {
            return Ready.now();
        }
        return now.pauseRequested() ? Ready.never() : Wait.ready(suspension, now, signals);
    }
}
