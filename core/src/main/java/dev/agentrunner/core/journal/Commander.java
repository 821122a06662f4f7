package dev.agentrunner.core.journal;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.state.Decision;
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

/** Carries out commands from outside: load, decide, commit; anew when somebody else wrote first. Thread-safe. */
public record Commander(RunLog log) {

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
        while (true) {
            RunHistory history = history(run).orElseThrow(() -> new UnknownRunException(run));
            Decision decision = command.decide(history);
            if (decision instanceof Decision.Refused refused) {
                throw new RefusedException(refused);
            }
            Decision.Accepted accepted = (Decision.Accepted) decision;
            if (accepted.facts().isEmpty()) {
                return history;
            }
            AppendOutcome outcome = log.append(Draft.of(run, Fence.outside(), actor, history, accepted.facts()))
                    .join();
            if (outcome instanceof AppendOutcome.Appended) {
                return history;
            }
            if (!(outcome instanceof AppendOutcome.Conflict)) {
                throw new AgentRunnerException("The store refused a command on run " + run + ": " + outcome);
            }
        }
    }
}
