package dev.agentrunner.core.journal;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.state.Decision;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out commands from outside: load, decide, commit; anew when somebody else wrote first. Thread-safe.
 *
 * @param local the journal of a run that is executed here. A run at work writes all the time: from outside a command would
 *     have to be tried again and again, while the journal writes it between those of the execution
 */
public record Commander(RunLog log, Function<RunId, Optional<Journal>> local) {

    private static final int PAGE = 500;

    /** The run's history, or empty if there is no such run. */
    public Optional<RunHistory> history(RunId run) {
        List<Event> events = log.readAll(List.of(run)).get(run);
        return Optional.ofNullable(events).map(RunHistory::of);
    }

    /**
     * Carries out a command; returns once it is durable, with the history that then holds.
     *
     * @throws RefusedException if the run's state forbids it
     * @throws UnknownRunException if there is no such run
     */
    public RunHistory execute(RunId run, OutsideCommand command, Actor actor) {
        Optional<RunHistory> written = byJournal(run, command, actor);
        if (written.isPresent()) {
            return written.get();
        }
        RunHistory history = history(run).orElseThrow(() -> new UnknownRunException(run));
        while (true) {
            Decision decision = command.decide(history);
            if (decision instanceof Decision.Refused refused) {
                throw new RefusedException(refused);
            }
            Decision.Accepted accepted = (Decision.Accepted) decision;
            if (accepted.facts().isEmpty()) {
                return history;
            }
            RunHistory next = history.copy();
            AppendOutcome outcome =
                    Durable.await(log.append(Draft.of(run, Fence.outside(), actor, next, accepted.facts())));
            if (outcome instanceof AppendOutcome.Appended) {
                return next;
            }
            if (!(outcome instanceof AppendOutcome.Conflict conflict)) {
                throw new AgentRunnerException("The store refused a command on run " + run + ": " + outcome);
            }
            written = byJournal(run, command, actor);
            if (written.isPresent()) {
                return written.get();
            }
            readOn(run, history, conflict.lastSeq());
        }
    }

    /** The history with the command if a journal wrote it. What keeps it from that may be news to the log, or old. */
    private Optional<RunHistory> byJournal(RunId run, OutsideCommand command, Actor actor) {
        Optional<Journal> journal = command.repeatable() ? local.apply(run) : Optional.empty();
        try {
            return journal.filter(there -> Durable.await(there.record(actor, command)))
                    .map(there -> there.view(RunHistory::copy));
        } catch (JournalStopped | RefusedException e) {
            return Optional.empty();
        }
    }

    private void readOn(RunId run, RunHistory history, long lastSeq) {
        if (lastSeq == 0) {
            throw new UnknownRunException(run);
        }
        List<Event> more = List.of();
        while (history.seq() < lastSeq || more.size() == PAGE) {
            more = log.read(run, history.seq(), PAGE);
            if (more.isEmpty()) {
                throw new UnknownRunException(run);
            }
            more.forEach(event -> history.apply(FactCodec.decode(event)));
        }
    }
}
