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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
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
    private final Set<RunId> expected = ConcurrentHashMap.newKeySet();
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

    /** Reserves room for one run that is being created claimed; {@link #begin} or {@link #expectNoMore} follows. */
    boolean expect(RunId run) {
        boolean reserved = reserve(1) == 1;
        if (reserved) {
            expected.add(run);
        }
        return reserved;
    }

    /** The run was not created: gives its room back. */
    void expectNoMore(RunId run) {
        expected.remove(run);
        release(1);
    }

    /**
     * Executes a run for which room was reserved.
     *
     * @param history read while this node held the claim
     * @throws RuntimeException if it cannot be executed; the room is still reserved then
     */
    void begin(Kit kit, Claim claim, RunHistory history) {
        RunState state = history.run();
        String queue = state.birth().spec().slot().queue();
        Tenancy tenancy = new Tenancy(node, claim);
        Workflow<?, ?> workflow = registry.of(state.birth());
        tally.add(queue);
        Execution[] self = new Execution[1];
        Execution execution = new Execution(
                kit,
                tenancy,
                workflow,
                onOutside -> new Journal(log, kit.background(), tenancy, history, onOutside),
                () -> ended(claim.run(), self, queue));
        self[0] = execution;
        Execution before = underWay.get(claim.run());
        Execution known =
                underWay.merge(claim.run(), execution, (old, next) -> old.epoch() < next.epoch() ? next : old);
        expected.remove(claim.run());
        if (known != execution) {
            // It was taken away and claimed anew before it could begin.
            tally.remove(queue);
            room.release();
            return;
        }
        if (before != null) {
            before.lost();
        }
        try {
            threads.execute(execution::execute);
        } catch (RejectedExecutionException e) {
            LOG.error("No thread for run {}; it is executed once this node is seen to have dropped it", claim.run(), e);
            ended(claim.run(), self, queue);
        }
    }

    private void ended(RunId run, Execution[] self, String queue) {
        underWay.remove(run, self[0]);
        tally.remove(queue);
        room.release();
        listener.over(run, ending(self[0]));
    }

    @Nullable Execution get(RunId run) {
        return underWay.get(run);
    }

    /** Whether the run is executed here, or about to be. */
    boolean knows(RunId run) {
        return expected.contains(run) || underWay.containsKey(run);
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
