package dev.agentrunner.core.journal;

import dev.agentrunner.core.journal.JournalStopped.Reason;
import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.state.Decision;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one run's log for the node that holds its claim. Thread-safe.
 *
 * <p>{@link #head} is the history including everything that was recorded here, durable or not: a command is
 * decided against it and its facts are folded into it without waiting. One commit is on its way at a time;
 * what is recorded meanwhile waits in the {@link Outbox} and follows as one commit. A second commit on its way
 * could not be told from one that fits: if somebody else (a signal, a cancel) wrote as many events as the
 * first one has, the log would refuse the first and take the second.
 *
 * <p>When somebody else wrote first and the log refuses a commit, the history is read anew and the same
 * <em>commands</em> are decided anew against it, in their order; some may now be refused.
 */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** The right to write. Only the one handed out last has it. */
    public static final class Pen {}

    private final RunLog log;
    private final Background background;
    private final Tenancy tenancy;
    private final Runnable onOutside;
    private final Section section = new Section();
    private final Condition settled = section.condition();
    // All of it is only touched within the section; stopped is only written there.
    private RunHistory head;
    private final Outbox outbox = new Outbox();
    private boolean stale;
    private boolean rebasing;
    private Pen pen = new Pen();
    private volatile @Nullable JournalStopped stopped;

    /**
     * @param history the run's whole log, folded; the journal's from now on
     * @param onOutside called when somebody else wrote to the run, or writing has become impossible
     */
    public Journal(RunLog log, Background background, Tenancy tenancy, RunHistory history, Runnable onOutside) {
        this.log = log;
        this.background = background;
        this.tenancy = tenancy;
        this.head = history;
        this.onOutside = onOutside;
    }

    /** Gives the right to write to the caller; every pen handed out before stops its owner. */
    public Pen takeOver() {
        return section.within(() -> {
            settled.signalAll();
            pen = new Pen();
            return pen;
        });
    }

    /**
     * Takes the right to write from everybody else, and records these commands with it. Never waits; what is
     * refused is left out.
     *
     * @return completes when the last one is durable or refused
     */
    public CompletableFuture<Void> takeOver(List<? extends Command> commands) {
        return section.within(() -> {
            takeOver();
            if (stopped != null) {
                return CompletableFuture.failedFuture(stopped);
            }
            commands.forEach(command -> admit(new Entry(command, tenancy.actor())));
            CompletableFuture<Void> durable = outbox.lastDurable();
            send();
            return durable;
        });
    }

    /** Looks at the history, including what is not durable yet. The function must be quick and keep nothing. */
    public <T extends @Nullable Object> T view(Function<RunHistory, T> look) {
        return section.within(() -> look.apply(head));
    }

    /**
     * Decides a command and hands what follows to the log.
     *
     * @return completes when that is durable; exceptionally with {@link JournalStopped}, or with {@link
     *     RefusedException} if somebody else's write came first and changed the decision
     * @throws RefusedException if the command cannot be
     * @throws JournalStopped if the pen is not the last one, or writing has become impossible
     */
    public CompletableFuture<Void> record(Pen by, Command command) {
        return record(by, command, this::send);
    }

    /** The same for what is about to be followed by more: goes to the log with that, or by itself after a moment. */
    public CompletableFuture<Void> recordAhead(Pen by, Command command) {
        return record(by, command, this::sendSoon);
    }

    /** Somebody waits for what was recorded: nothing more is to be waited for. */
    public void flush() {
        section.within(this::send);
    }

    private CompletableFuture<Void> record(Pen by, Command command, Runnable send) {
        return section.within(() -> {
            while (rebasing && stopped == null && by == pen) {
                settled.awaitUninterruptibly();
            }
            if (stopped != null || by != pen) {
                throw stopped != null ? stopped : new JournalStopped(Reason.TAKEN_OVER);
            }
            if (decide(new Entry(command, tenancy.actor())) instanceof Decision.Refused refused) {
                throw new RefusedException(refused);
            }
            CompletableFuture<Void> durable = outbox.lastDurable();
            send.run();
            return durable;
        });
    }

    /**
     * Writes a command from outside between those of the execution.
     *
     * @return whether it was written; if not, or {@link RefusedException}, because of what this journal knows, which may
     *     not be all; with {@link JournalStopped} it may have been written or not
     */
    CompletableFuture<Boolean> record(Actor actor, Command command) {
        Entry entry = new Entry(command, actor);
        section.within(() -> {
            // Before it is taken up and once it is put aside, the run belongs to whoever reads its log.
            if (head.ready() instanceof Ready.Held) {
                admit(entry);
                send();
            } else {
                entry.durable().completeExceptionally(new JournalStopped(Reason.LOST_CLAIM));
            }
        });
        onOutside.run();
        return entry.durable().thenApply(done -> entry.isWritten());
    }

    private void admit(Entry entry) {
        if (stopped != null) {
            entry.durable().completeExceptionally(stopped);
        } else if (rebasing) {
            outbox.add(entry, List.of());
        } else {
            decide(entry);
        }
    }

    /** Tells that the run's last seq is now this one; reads on if somebody else wrote. */
    public void refresh(long lastSeq) {
        section.within(() -> {
            if (stopped == null && lastSeq > head.seq()) {
                stale = true;
                proceed();
            }
        });
    }

    /** This node holds the run no more. What is on its way finds out why: it may be what let the run go. */
    public void lost() {
        if (!section.within(() -> outbox.isOnItsWay())) {
            stop(Reason.LOST_CLAIM);
        }
    }

    private void stop(Reason reason) {
        section.within(() -> {
            LOG.debug("Journal of run {} stops: {}", tenancy.run(), reason);
            JournalStopped why = stopped == null ? new JournalStopped(reason) : stopped;
            stopped = why;
            outbox.empty().forEach(entry -> entry.durable().completeExceptionally(why));
            settled.signalAll();
            section.afterwards(onOutside);
        });
    }

    public boolean isStopped() {
        return stopped != null;
    }

    private void sendSoon() {
        outbox.firstOfLoad()
                .ifPresent(load -> background.soon(() -> section.within(() -> {
                    // Else it has gone with what followed it, and what waits now has only begun to.
                    if (outbox.load() == load) {
                        send();
                    }
                })));
    }

    /** Sends what waits; if a commit is on its way, after that. */
    private void send() {
        outbox.hurry();
        sendDue();
    }

    private void sendDue() {
        List<Said> facts = rebasing || stopped != null ? List.of() : outbox.take();
        if (!facts.isEmpty()) {
            log.append(Draft.ofApplied(tenancy.run(), tenancy.fence(), head, facts))
                    .whenComplete(this::answered);
        }
    }

    private void answered(@Nullable AppendOutcome outcome, @Nullable Throwable error) {
        Reason reason = Reason.of(outcome, error);
        section.within(() -> {
            if (outcome instanceof AppendOutcome.Appended) {
                outbox.arrived().forEach(Entry::written);
            } else if (outcome instanceof AppendOutcome.Conflict) {
                stale = true;
                outbox.cameBack();
            } else if (reason == Reason.ILLEGAL) {
                LOG.error("The store refused a commit of run {}: {}", tenancy.run(), outcome);
            }
            if (reason == null) {
                proceed();
            }
        });
        if (reason != null) {
            stop(reason);
        }
    }

    private void proceed() {
        if (stale && !outbox.isOnItsWay() && !rebasing && stopped == null) {
            rebasing = true;
            stale = false;
            background.untilReachable(this::rebase);
        } else {
            sendDue();
        }
    }

    private void rebase() {
        Reason reason = null;
        try {
            List<Event> events = log.readAll(List.of(tenancy.run())).get(tenancy.run());
            if (events == null) {
                reason = Reason.GONE;
            } else {
                startAnewFrom(events);
            }
        } catch (StoreClosedException e) {
            reason = Reason.CLOSED;
        } catch (StoreUnavailableException e) {
            throw e; // and later anew
        } catch (RuntimeException | Error e) {
            LOG.error("The log of run {} cannot be read", tenancy.run(), e);
            reason = Reason.ILLEGAL;
        }
        if (reason == null) {
            onOutside.run();
        } else {
            stop(reason);
        }
    }

    private void startAnewFrom(List<Event> events) {
        section.within(() -> {
            head = RunHistory.of(events);
            rebasing = false;
            outbox.empty().forEach(this::decide);
            send();
            settled.signalAll();
        });
    }

    private Decision decide(Entry entry) {
        Decision decision = entry.command().decide(head);
        if (decision instanceof Decision.Accepted accepted && !accepted.facts().isEmpty()) {
            accepted.facts().forEach(head::apply);
            outbox.add(entry, accepted.facts());
        } else {
            entry.end(decision);
        }
        return decision;
    }
}
