package dev.agentrunner.core.state;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Commands of the node that holds the run's claim. {@code notes} are recorded together with the end of
 * the run, before it.
 */
public sealed interface RunCommand extends Command {

    /** What follows when the run is being executed by its claimer. */
    Decision execute(RunHistory history);

    @Override
    default Decision decide(RunHistory history) {
        RunState run = history.run();
        if (history.isTerminal()) {
            return Decision.refuse(Refusal.RUN_FINISHED, "The run is " + run.status());
        }
        if (run.status() == RunStatus.QUEUED || run.suspension() != null) {
            return Decision.refuse(Refusal.NOT_CLAIMED, "The run was not taken up by this node");
        }
        return execute(history);
    }

    /**
     * Takes the run up: wakes it, or recovers it from a node that died; starts it, unless its claim has done so, as claims do. A
     * run that was recovered too often fails: it probably kills its nodes.
     */
    record TakeUp(NodeId node, long epoch, int maxRecoveries) implements RunCommand {
        @Override
        public Decision decide(RunHistory history) {
            RunState run = history.run();
            if (history.isTerminal()) {
                return Decision.refuse(Refusal.RUN_FINISHED, "The run is " + run.status());
            }
            Tenure before = run.tenure();
            Suspension suspension = run.suspension();
            if (suspension == null && before.epoch() == epoch && node.equals(before.node())) {
                return Decision.nothing();
            }
            if (epoch <= before.epoch()) {
                return Decision.refuse(
                        Refusal.NOT_CLAIMED, "Epoch " + epoch + " is not newer than epoch " + before.epoch());
            }
            if (run.status() == RunStatus.QUEUED) {
                return Decision.accept(new RunFact.Started(node, epoch));
            }
            return suspension == null
                    ? recover(history)
                    : Decision.accept(new RunFact.Woken(node, epoch, cause(run, suspension)));
        }

        /** Whether the run is to be recovered once too often: to take it up is to end it. */
        public boolean endsRun(RunHistory history) {
            return decide(history) instanceof Decision.Accepted accepted
                    && accepted.facts().stream()
                            .anyMatch(fact -> fact instanceof RunFact.Failed || fact instanceof RunFact.Canceled);
        }

        private Decision recover(RunHistory history) {
            Tenure before = history.run().tenure();
            int recoveries = before.recoveries() + 1;
            List<Fact> facts = new ArrayList<>();
            facts.add(new RunFact.Recovered(node, epoch, before.node(), recoveries));
            if (recoveries > maxRecoveries) {
                Failure failure = new Failure(
                        "max_recoveries",
                        "The run was taken over from a dead node " + recoveries + " times, more than the allowed "
                                + maxRecoveries
                                + "; it probably kills the nodes that execute it. Find out why, then fork it",
                        false,
                        null);
                facts.addAll(ending(history, List.of(), new RunFact.Failed(failure)));
            }
            return Decision.accept(facts);
        }

        private static String cause(RunState run, Suspension suspension) {
            return run.cancel() != null ? "cancel" : suspension.waiting().name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Decision execute(RunHistory history) {
            return decide(history);
        }
    }

    /** Gives the run up until something happens. */
    record Suspend(
            Waiting waiting,
            @Nullable Instant wakeAt,
            Set<String> signals,
            @Nullable String reason) implements RunCommand {
        @Override
        public Decision execute(RunHistory history) {
            return Decision.accept(new RunFact.Suspended(waiting, wakeAt, signals, reason));
        }
    }

    /** Ends the run with an output; a run that was asked to cancel is CANCELED instead (INV-9). */
    record Complete(Value output, List<Note> notes) implements RunCommand {
        public Complete {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision execute(RunHistory history) {
            return Decision.accept(ending(history, notes, new RunFact.Completed(output)));
        }
    }

    /** Ends the run with a failure; a run that was asked to cancel is CANCELED instead (INV-9). */
    record Fail(Failure failure, List<Note> notes) implements RunCommand {
        public Fail {
            notes = List.copyOf(notes);
        }

        @Override
        public Decision execute(RunHistory history) {
            return Decision.accept(ending(history, notes, new RunFact.Failed(failure)));
        }
    }

    /** Ends a run that was asked to cancel. */
    record FinishCancel() implements RunCommand {
        @Override
        public Decision execute(RunHistory history) {
            return Decision.accept(ending(history, List.of(), new RunFact.Canceled(null)));
        }
    }

    private static List<Fact> ending(RunHistory history, List<Note> notes, RunFact wanted) {
        Cancel cancel = history.run().cancel();
        if (cancel != null) {
            return Endings.of(history, new RunFact.Canceled(cancel.reason()));
        }
        List<Fact> facts = new ArrayList<>(notes);
        facts.addAll(Endings.of(history, wanted));
        return facts;
    }
}
