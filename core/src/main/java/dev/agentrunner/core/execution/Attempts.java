package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.journal.JournalStopped;
import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.StepOptions.OnInterruption;
import dev.agentrunner.workflow.Steps.StepBody;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries the body of one step until it succeeds, or fails for good. Belongs to the branch's thread. */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Execution execution;
    private final Scope scope;
    private final StepId id;
    private final String name;
    private final String kind;
    private final StepOptions options;

    Attempts(Execution execution, Scope scope, StepId id, String name, String kind, StepOptions options) {
        this.execution = execution;
        this.scope = scope;
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.options = options;
    }

    /** The JSON of the result. */
    <T> Json run(StepBody<T> body) {
        while (true) {
            if (!isOnce()) {
                execution.awaitLastResult(scope);
            }
            execution.parking().boundary();
            StepState known = execution.state(id);
            Long approvedBy = null;
            if (known.status() == StepStatus.RUNNING && known.plan().atMostOnce()) {
                approvedBy = interrupted();
            } else if (known.retryAt() != null) {
                execution.parking().park(Pending.until(Waiting.RETRY, known.retryAt()));
            }
            Json result = attempt(body, known, approvedBy);
            if (result != null) {
                return result;
            }
        }
    }

    /** One attempt; null if another one is to follow. */
    private <T> @Nullable Json attempt(StepBody<T> body, StepState known, @Nullable Long approvedBy) {
        begin(known, approvedBy);
        Instant begin = execution.kit().clock().instant();
        Body attempt = new Body(execution, id, known.row().attempts() + 1);
        try {
            T result = call(body, attempt, known);
            Values.Prepared prepared = execution.value(result);
            Value value = prepared.value();
            List<Note> listing = Telling.listing(execution.kit(), id, value);
            attempt.conclude(changes -> {
                List<Note> notes = joined(attempt.artifacts(), changes, listing);
                record(new StepCommand.Complete(id, value, millisSince(begin), null, notes));
            });
            return prepared.json();
        } catch (Unwind | JournalStopped end) {
            throw end;
        } catch (Throwable thrown) {
            execution.parking().bodyBoundary();
            if (isOutage(thrown) && !isOnce()) {
                execution.parking().park(execution.afterOutage());
                return null;
            }
            failed(failure(thrown, attempt), retryAfter(thrown), known, begin, attempt);
            return null;
        } finally {
            attempt.undo();
        }
    }

    private boolean isOnce() {
        return options.onInterruption() != OnInterruption.REPEAT;
    }

    /**
     * What must not happen twice, and what was begun before, waits until its beginning is durable: who has lost the run
     * learns it there, and repeats nothing. All else waits until the last result is durable.
     */
    private void begin(StepState known, @Nullable Long approvedBy) {
        StepPlan plan = isOnce() ? StepPlan.BODY_AT_MOST_ONCE : StepPlan.BODY;
        StepCommand start = new StepCommand.Start(id, name, kind, plan, approvedBy, scope.takeTold());
        if (isOnce() || known.status() == StepStatus.RUNNING) {
            scope.keepResult(execution.record(start));
            execution.awaitLastResult(scope);
        } else {
            execution.recordAhead(start);
        }
    }

    /** What must not happen twice is recorded at once; nothing is worth a chance to lose it. */
    private void record(StepCommand outcome) {
        if (isOnce()) {
            scope.keepResult(execution.record(outcome));
        } else {
            execution.recordResult(scope, outcome);
        }
    }

    private <T> @Nullable T call(StepBody<T> body, Body attempt, StepState known) throws Exception {
        Duration timeout = options.timeout();
        ScheduledFuture<?> alarm =
                timeout == null ? null : execution.guard().after(timeout, () -> timeOut(attempt, known));
        execution.bodies().add(attempt);
        attempt.begin(Thread.currentThread());
        try {
            // Whoever asked to stop before the body was known has not reached it.
            execution.parking().bodyBoundary();
            @Nullable T result = body.execute(attempt);
            if (attempt.isTimedOut()) {
                throw new TimeoutException("The body returned only after its timeout");
            }
            return result;
        } finally {
            attempt.end();
            execution.bodies().remove(attempt);
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    private void timeOut(Body attempt, StepState known) {
        attempt.timeOut();
        execution.guard().after(execution.kit().settings().cancelGrace(), () -> {
            if (attempt.isUnderWay()) {
                List<Command> commands = new ArrayList<>();
                commands.add(outcome(timeoutFailure(), Duration.ZERO, known, options.timeout(), attempt.artifacts()));
                commands.add(new RunCommand.Suspend(
                        Waiting.RETRY, execution.kit().clock().instant(), Set.of(), "a body ignored its timeout"));
                execution.guard().takeOver(commands);
            }
        });
    }

    private void failed(Failure failure, Duration wait, StepState known, Instant begin, Body attempt) {
        Duration took = Duration.ofMillis(millisSince(begin));
        if (isTriedAgain(failure, known)) {
            record(outcome(failure, wait, known, took, attempt.artifacts()));
            return;
        }
        Consumer<List<Note>> fail =
                changes -> record(outcome(failure, wait, known, took, joined(attempt.artifacts(), changes, List.of())));
        try {
            attempt.conclude(fail);
        } catch (WorkspaceException | UncheckedIOException e) {
            // The failure matters more than what keeps that from being kept which the step left behind.
            LOG.warn("What step {} left in the workspace could not be kept", id, e);
            fail.accept(List.of());
        }
        throw new StepFailedException(id, failure);
    }

    private static List<Note> joined(List<Note> some, List<Note> more, List<Note> last) {
        List<Note> all = new ArrayList<>(some);
        all.addAll(more);
        all.addAll(last);
        return all;
    }

    private StepCommand outcome(
            Failure failure, Duration wait, StepState known, @Nullable Duration took, List<Note> notes) {
        int failures = known.failures() + 1;
        if (isTriedAgain(failure, known)) {
            Duration delay =
                    options.retry().delay(failures, execution.kit().ids().fraction());
            Instant retryAt = execution.kit().clock().instant().plus(delay.compareTo(wait) < 0 ? wait : delay);
            return new StepCommand.FailAttempt(id, failure, retryAt, notes);
        }
        return new StepCommand.Fail(id, failure, took == null ? 0 : took.toMillis(), notes);
    }

    private boolean isTriedAgain(Failure failure, StepState known) {
        return failure.retryable() && known.failures() + 1 < options.retry().maxAttempts();
    }

    /** What to do about an attempt that must not be repeated silently; the signal that allows to. */
    private Long interrupted() {
        if (options.onInterruption() == OnInterruption.ASK) {
            Long approval = new Approval(execution, id).await();
            if (approval != null) {
                return approval;
            }
        }
        Failure failure = new Failure(
                "interrupted",
                "The node died during the step, which must not run twice; whether it took effect is not known",
                false,
                null);
        execution.recordResult(scope, new StepCommand.Fail(id, failure, 0, List.of()));
        throw new StepFailedException(id, failure);
    }

    private Failure failure(Throwable thrown, Body attempt) {
        return attempt.isTimedOut() ? timeoutFailure() : execution.failure(thrown);
    }

    private Failure timeoutFailure() {
        return new Failure("timeout", "The attempt took longer than the allowed " + options.timeout(), true, null);
    }

    private long millisSince(Instant begin) {
        return Math.max(
                0, Duration.between(begin, execution.kit().clock().instant()).toMillis());
    }

    /** How long whoever failed asks not to be tried again. */
    private static Duration retryAfter(Throwable thrown) {
        return thrown instanceof ModelException model ? model.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
    }

    private static boolean isOutage(Throwable thrown) {
        return thrown instanceof StoreUnavailableException;
    }
}
