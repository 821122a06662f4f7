package dev.agentrunner.core.state;

import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands from outside a run's execution. */
public sealed interface OutsideCommand extends Command {

    /** Whether carrying it out twice is the same as once. */
    default boolean repeatable() {
        return true;
    }

    /**
     * Creates the run; {@code copies} are the recorded results with which a fork begins.
     */
    record Submit(Birth birth, List<Fact> copies) implements OutsideCommand {
        public Submit {
            copies = List.copyOf(copies);
        }

        @Override
        public Decision decide(RunHistory history) {
            if (history.exists()) {
                return Decision.refuse(Refusal.ALREADY_EXISTS, "The run exists already");
            }
            List<Fact> facts = new ArrayList<>();
            facts.add(new RunFact.Queued(birth));
            facts.addAll(copies);
            return Decision.accept(facts);
        }
    }

    /**
     * Tells the run something.
     *
     * @param by who does
     */
    record Signal(String name, Json payload, String by) implements OutsideCommand {
        @Override
        public boolean repeatable() {
            return false;
        }

        @Override
        public Decision decide(RunHistory history) {
            return history.run().status().isTerminal()
                    ? finished(history)
                    : Decision.accept(new RunFact.Signaled(name, payload, by));
        }
    }

    record Pause(@Nullable String reason) implements OutsideCommand {
        @Override
        public Decision decide(RunHistory history) {
            if (history.isTerminal()) {
                return finished(history);
            }
            return history.run().pauseRequested()
                    ? Decision.nothing()
                    : Decision.accept(new RunFact.PauseRequested(reason));
        }
    }

    record Unpause(@Nullable String reason) implements OutsideCommand {
        @Override
        public Decision decide(RunHistory history) {
            if (history.isTerminal()) {
                return finished(history);
            }
            return history.run().pauseRequested() ? Decision.accept(new RunFact.Unpaused(reason)) : Decision.nothing();
        }
    }

    /**
     * Asks a running run to stop, or ends it at once when it has not begun or force is used. A forced
     * request may follow one that was not.
     */
    record RequestCancel(@Nullable String reason, boolean force) implements OutsideCommand {
        @Override
        public Decision decide(RunHistory history) {
            RunState run = history.run();
            if (run.status() == RunStatus.CANCELED) {
                return Decision.nothing();
            }
            if (history.isTerminal()) {
                return finished(history);
            }
            List<Fact> facts = new ArrayList<>();
            Cancel before = run.cancel();
            if (before == null || (force && !before.force())) {
                facts.add(new RunFact.CancelRequested(reason, force));
            }
            if (force || run.status() == RunStatus.QUEUED) {
                facts.addAll(Endings.of(history, new RunFact.Canceled(reason)));
            }
            return Decision.accept(facts);
        }
    }

    private static Decision finished(RunHistory history) {
        return Decision.refuse(
                Refusal.RUN_FINISHED,
                "The run is " + history.run().status() + "; nothing can change it. To go on from its results, fork it");
    }
}
