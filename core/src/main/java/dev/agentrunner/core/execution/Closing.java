package dev.agentrunner.core.execution;

import dev.agentrunner.core.journal.Durable;
import dev.agentrunner.core.journal.JournalStopped;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an execution comes to its end: the run is put aside, handed over or ended. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Execution execution;

    Closing(Execution execution) {
        this.execution = execution;
    }

    /** Puts the run aside or ends it, after its body was made to end for this reason. */
    void settle(Stop why) {
        try {
            switch (why) {
                case WAIT -> durably(execution.parking().suspension());
                case PAUSE -> durably(new RunCommand.Suspend(Waiting.PAUSED, null, Set.of(), null));
                case DRAIN -> durably(handOver());
                case DEADLINE, CANCEL -> finish(ending(why));
                case ENDED -> afterEnd();
            }
        } catch (Unwind | JournalStopped end) {
            LOG.debug("Run {} ended while it was put aside", execution.run());
        }
    }

    /** The command that ends the run for this reason. */
    RunCommand ending(Stop why) {
        return why == Stop.CANCEL
                ? new RunCommand.FinishCancel()
                : new RunCommand.Fail(
                        new Failure("deadline_exceeded", "The run did not finish before its deadline", false, null),
                        List.of());
    }

    /** Gives the run up so that another node goes on at once. */
    RunCommand.Suspend handOver() {
        return new RunCommand.Suspend(Waiting.TIMER, execution.kit().clock().instant(), Set.of(), "drain");
    }

    /** Somebody else ended the run, perhaps before they could see a child that was created here meanwhile. */
    private void afterEnd() {
        LOG.debug("Run {} ended while it was executed", execution.run());
        if (execution.journal().view(RunHistory::isTerminal)) {
            cancelChildrenPatiently();
        }
    }

    void finish(RunCommand command) {
        if (!(command instanceof RunCommand.Complete)) {
            cancelChildrenPatiently();
        }
        durably(command);
    }

    /** Asks the children under way to cancel, so that none outlives this run unattended. */
    void cancelChildren() {
        List<RunId> children = execution
                .journal()
                .view(history -> history.steps().stream()
                        .filter(step -> step.status() == StepStatus.RUNNING || step.status() == StepStatus.CANCELED)
                        .map(step -> step.plan().child())
                        .filter(Objects::nonNull)
                        .toList());
        children.forEach(child -> execution.kit().family().cancel(child, "the parent run ended"));
    }

    void cancelChildrenPatiently() {
        Patience.<Boolean>always(execution.parking(), () -> {
            cancelChildren();
            return true;
        });
    }

    /** Records a command and waits until that is durable; ends this branch if the run is over. */
    void durably(Command command) {
        try {
            Durable.await(execution.record(command));
        } catch (RefusedException e) {
            throw Execution.ended(e);
        }
    }
}
