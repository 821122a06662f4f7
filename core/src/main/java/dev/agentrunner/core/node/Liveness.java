package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Execution;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that says that this node is alive, takes over from nodes that are not, and compares what this
 * node believes to hold with what the store says. The last loop to stop.
 */
final class Liveness {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    /** A store can often tell that a node is gone before that misses a beat. */
    private static final int LOOKS_PER_BEAT = 4;

    private final RunQueue queue;
    private final NodeId node;
    private final NodeSettings settings;
    private final StoreClock clock;
    private final Executions executions;
    private final Consumer<Set<RunId>> adopt;
    private final Runnable recovered;
    private final Doorbell bell = new Doorbell();
    private Set<RunId> orphans = new HashSet<>(); // only used by the loop
    private int looks; // only used by the loop
    private volatile Instant lastBeat;
    private volatile boolean closed;

    Liveness(
            RunQueue queue,
            NodeId node,
            NodeSettings settings,
            StoreClock clock,
            Executions executions,
            Consumer<Set<RunId>> adopt,
            Runnable recovered) {
        this.queue = queue;
        this.node = node;
        this.settings = settings;
        this.clock = clock;
        this.executions = executions;
        this.adopt = adopt;
        this.recovered = recovered;
        this.lastBeat = clock.instant();
    }

    void close() {
        closed = true;
        bell.ring();
    }

    /** When the store last took down that this node is alive. */
    Instant lastBeat() {
        return lastBeat;
    }

    void loop() {
        Duration pause = settings.heartbeat().dividedBy(LOOKS_PER_BEAT);
        Loop.run(bell, () -> closed, pause, () -> {
            try {
                if (++looks % LOOKS_PER_BEAT == 0) {
                    beat();
                } else {
                    recover();
                }
            } catch (StoreUnavailableException e) {
                LOG.debug("No heartbeat", e);
            }
            return pause;
        });
    }

    void beat() {
        Instant now = queue.beat(new NodeBeat(node, settings.workers()));
        clock.adjust(now);
        lastBeat = now;
        recover();
        compare();
    }

    private void recover() {
        List<NodeId> dead = queue.recover(node, settings.timeout());
        if (!dead.isEmpty()) {
            LOG.info("Took over the runs of dead nodes {}", dead);
            recovered.run();
        }
    }

    private void compare() {
        // Taken before the question: what begins meanwhile is not missed in the answer.
        Collection<Execution> believed = executions.all();
        Map<RunId, Long> held = queue.held(node);
        for (Execution execution : believed) {
            Long lastSeq = held.get(execution.run());
            if (lastSeq == null) {
                execution.lost();
            } else {
                execution.journal().refresh(lastSeq);
            }
        }
        Set<RunId> unknown = new HashSet<>(held.keySet());
        unknown.removeIf(executions::knows);
        // Held twice in a row without being executed: the answer to a claim was lost on its way here.
        orphans.retainAll(unknown);
        adopt.accept(orphans);
        orphans = unknown;
    }
}
