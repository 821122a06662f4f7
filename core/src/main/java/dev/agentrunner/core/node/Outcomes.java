package dev.agentrunner.core.node;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.execution.Family;
import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells how runs end. One look at a time per run, however many wait and however often it changes, and each
 * look reads only what is new. Thread-safe.
 */
final class Outcomes {

    private static final int BATCH = 200;
    private static final Set<EventType> ENDINGS =
            Set.of(EventType.RUN_COMPLETED, EventType.RUN_FAILED, EventType.RUN_CANCELED);

    private final RunLog log;
    private final Background background;
    private final Watchers watchers;
    private final Predicate<RunId> executing;
    private final Map<RunId, Look> awaited = new ConcurrentHashMap<>();
    private volatile @Nullable String closed;

    /**
     * @param executing whether this node executes the run at this moment, so that it will tell when that is over,
     *     and there is nothing to be read before
     */
    Outcomes(RunLog log, Background background, Watchers watchers, Predicate<RunId> executing) {
        this.log = log;
        this.background = background;
        this.watchers = watchers;
        this.executing = executing;
    }

    /** Completes with the fact that ends the run; exceptionally if there is no such run. */
    CompletableFuture<RunFact> of(RunId run) {
        String store = closed;
        if (store != null) {
            return CompletableFuture.failedFuture(new StoreClosedException(store));
        }
        CompletableFuture<RunFact> outcome =
                awaited.computeIfAbsent(run, this::follow).outcome.copy();
        store = closed;
        if (store != null) {
            close(store);
        }
        return outcome;
    }

    private Look follow(RunId run) {
        Look look = new Look(run);
        Family.Watch watch = watchers.watch(run, look::soon);
        look.outcome.whenComplete((ending, error) -> {
            awaited.remove(run, look);
            watch.close();
        });
        look.soon();
        return look;
    }

    /** This node ended the run itself. */
    void ended(RunId run, RunFact ending) {
        Look look = awaited.get(run);
        if (look != null) {
            look.outcome.complete(ending);
        }
    }

    /** Nobody learns anything here any more. */
    void close(String store) {
        closed = store;
        List.copyOf(awaited.values())
                .forEach(look -> look.outcome.completeExceptionally(new StoreClosedException(store)));
    }

    /** Reads one run's log as it grows. */
    private final class Look {
        private final RunId run;
        private final CompletableFuture<RunFact> outcome = new CompletableFuture<>();
        private final AtomicBoolean looking = new AtomicBoolean();
        private final AtomicBoolean again = new AtomicBoolean();
        private long seen; // only used while looking

        Look(RunId run) {
            this.run = run;
        }

        void soon() {
            if (executing.test(run)) {
                return;
            }
            again.set(true);
            if (looking.compareAndSet(false, true)) {
                background.untilReachable(this::look);
            }
        }

        private void look() {
            while (again.getAndSet(false) && !outcome.isDone()) {
                try {
                    read();
                } catch (StoreUnavailableException e) {
                    again.set(true);
                    throw e;
                } catch (RuntimeException e) {
                    outcome.completeExceptionally(e);
                }
            }
            looking.set(false);
            if (again.get() && !outcome.isDone()) {
                soon();
            }
        }

        private void read() {
            List<Event> events = log.read(run, seen, BATCH);
            if (events.isEmpty() && log.read(run, 0, 1).isEmpty()) {
                outcome.completeExceptionally(new UnknownRunException(run));
            }
            for (Event event : events) {
                seen = event.seq();
                if (ENDINGS.contains(event.type())) {
                    Fact ending = FactCodec.decode(event);
                    outcome.complete((RunFact) ending);
                }
            }
            if (events.size() == BATCH) {
                again.set(true);
            }
        }
    }
}
