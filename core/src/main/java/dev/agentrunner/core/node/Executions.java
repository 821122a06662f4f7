package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Execution;
import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.journal.Journal;
import dev.agentrunner.core.journal.Tenancy;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.RunState;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.workflow.Workflow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that this node executes at this moment, and the room for more. Thread-safe. */
final class Executions {

    private static final Logger LOG = LoggerFactory.getLogger(Executions.class);

    private final NodeId node;
    private final RunLog log;
    private final Registry registry;
    private final ExecutorService threads;
    private final Listener listener;
    private final Semaphore room;
    private final Map<RunId, Execution> underWay = new ConcurrentHashMap<>();
    private final Expectations expected = new Expectations();
    private final Tally tally = new Tally();

    /** Wants to know when an execution is over; {@code ending} is how the run ended, if it did. */
    interface Listener {
        void over(RunId run, @Nullable RunFact ending);
    }

    Executions(NodeId node, RunLog log, Registry registry, ExecutorService threads, int workers, Listener listener) {
        this.node = node;
        this.log = log;
        this.registry = registry;
        this.threads = threads;
        this.room = new Semaphore(workers);
        this.listener = listener;
    }

    /** Takes so much room, or as much of it as there is. */
    int reserve(int atMost) {
        for (int wanted = Math.min(atMost, room.availablePermits()); wanted > 0; wanted--) {
            if (room.tryAcquire(wanted)) {
                return wanted;
            }
        }
        return 0;
    }

    void release(int unused) {
        room.release(unused);
    }

    /**
     * A run is about to begin for which room was reserved, and its log not read yet; {@link #begin} or {@link #expectNoMore}
     * follows.
     */
    void expect(Claim claim) {
        expected.add(claim);
    }

    /** The run does not begin after all: gives its room back. */
    void expectNoMore(Claim claim) {
        expected.take(claim);
        release(1);
    }

    /** Others wrote to the run; false if it is not executed here. */
    boolean heardOf(RunId run, long lastSeq) {
        expected.heardOf(run, lastSeq);
        Execution execution = underWay.get(run);
        if (execution != null) {
            execution.journal().refresh(lastSeq);
        }
        return execution != null;
    }

    /**
     * Executes a run that was expected. It does not begin if it was taken away since and is expected, or was begun, under a
     * later claim: whoever submits a run may learn late that it was born.
     *
     * @param history as read, or written, since the run is expected
     * @throws RuntimeException if it cannot be executed; it is still expected then
     */
    void begin(Kit kit, Claim claim, RunHistory history) {
        RunState state = history.run();
        String queue = state.birth().spec().slot().queue();
        Tenancy tenancy = new Tenancy(node, claim);
        Workflow<?, ?> workflow = registry.of(state.birth());
        Place[] place = new Place[1];
        Execution execution = new Execution(
                kit,
                tenancy,
                workflow,
                onOutside -> new Journal(log, kit.background(), tenancy, history, onOutside),
                () -> ended(place[0]));
        place[0] = new Place(execution, queue);
        tally.add(queue);
        Execution before = underWay.get(claim.run());
        Execution known =
                underWay.merge(claim.run(), execution, (old, next) -> old.epoch() < next.epoch() ? next : old);
        OptionalLong heard = expected.take(claim);
        if (known != execution || heard.isEmpty()) {
            place[0].giveBack();
            return;
        }
        execution.journal().refresh(heard.getAsLong());
        if (before != null) {
            before.lost();
        }
        try {
            threads.execute(execution::execute);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            ended(place[0]);
            LOG.error("No thread for run {}; it is executed once this node is seen to have dropped it", claim.run(), e);
        }
    }

    private void ended(Place place) {
        if (place.giveBack()) {
            listener.over(place.execution.run(), ending(place.execution));
        }
    }

    /** What an execution takes up here. It may be found to be over twice, as one that was lost before it began. */
    private final class Place {
        private final Execution execution;
        private final String queue;
        private final AtomicBoolean taken = new AtomicBoolean(true);

        Place(Execution execution, String queue) {
            this.execution = execution;
            this.queue = queue;
        }

        /** Whether this is the first time. */
        boolean giveBack() {
            if (!taken.compareAndSet(true, false)) {
                return false;
            }
            underWay.remove(execution.run(), execution);
            tally.remove(queue);
            room.release();
            return true;
        }
    }

    @Nullable Execution get(RunId run) {
        return underWay.get(run);
    }

    /** Whether the run is executed here, or about to be. */
    boolean knows(RunId run) {
        return expected.has(run) || underWay.containsKey(run);
    }

    boolean isEmpty() {
        return expected.isEmpty() && underWay.isEmpty();
    }

    Collection<Execution> all() {
        return List.copyOf(underWay.values());
    }

    int inQueue(String queue) {
        return tally.of(queue);
    }

    private static @Nullable RunFact ending(Execution execution) {
        Journal journal = execution.journal();
        return journal.isStopped()
                ? null
                : journal.<@Nullable RunFact>view(history -> history.run().ending());
    }
}
