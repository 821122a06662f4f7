package dev.agentrunner.core.node;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.execution.Family;
import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.journal.Commander;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Tells how runs end. One look at a time per run, however many wait and however often it changes. Thread-safe. */
final class Outcomes {

    private final Commander commander;
    private final Background background;
    private final Watchers watchers;
    private final Predicate<RunId> executing;
    private final Map<RunId, CompletableFuture<RunFact>> awaited = new ConcurrentHashMap<>();

    /**
     * @param executing whether this node executes the run at this moment, so that it will tell when that is over
     */
    Outcomes(Commander commander, Background background, Watchers watchers, Predicate<RunId> executing) {
        this.commander = commander;
        this.background = background;
        this.watchers = watchers;
        this.executing = executing;
    }

    /** Completes with the fact that ends the run; exceptionally if there is no such run. */
    CompletableFuture<RunFact> of(RunId run) {
        return awaited.computeIfAbsent(run, this::follow).copy();
    }

    private CompletableFuture<RunFact> follow(RunId run) {
        CompletableFuture<RunFact> outcome = new CompletableFuture<>();
        AtomicBoolean looking = new AtomicBoolean();
        Runnable look = () -> {
            if (looking.compareAndSet(false, true)) {
                background.untilReachable(() -> {
                    looking.set(false);
                    look(run, outcome);
                });
            }
        };
        Family.Watch watch = watchers.watch(run, look);
        outcome.whenComplete((ending, error) -> {
            awaited.remove(run, outcome);
            watch.close();
        });
        if (!executing.test(run)) {
            look.run();
        }
        return outcome;
    }

    private void look(RunId run, CompletableFuture<RunFact> outcome) {
        if (outcome.isDone()) {
            return;
        }
        Optional<RunHistory> history = commander.history(run);
        if (history.isEmpty()) {
            outcome.completeExceptionally(new UnknownRunException(run));
        } else if (history.get().isTerminal()) {
            RunFact ending = history.get().run().ending();
            if (ending != null) {
                outcome.complete(ending);
            }
        }
    }

    /** This node ended the run itself. */
    void ended(RunId run, RunFact ending) {
        CompletableFuture<RunFact> outcome = awaited.get(run);
        if (outcome != null) {
            outcome.complete(ending);
        }
    }
}
