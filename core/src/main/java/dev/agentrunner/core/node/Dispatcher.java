package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.catalog.Owner;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.store.Store;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that takes runs. It looks when it was told that there may be something, when the next timer is due, and
 * otherwise now and then. It sets room aside for as many runs as are ready and no more, so that runs which are
 * submitted meanwhile begin at once if there is room for them, too.
 *
 * <p>Nobody else begins what was claimed: so no claim is found twice, in the answer to its request and by comparing with the
 * store.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BATCH = 200;
    private static final Owner NOBODY = new Owner(null, 0);
    private static final Duration OUTAGE_PAUSE = Duration.ofMillis(250);
    private static final Duration SHORTEST = Duration.ofMillis(2);

    private final Store store;
    private final NodeId node;
    private final Registry registry;
    private final NodeSettings settings;
    private final Executions executions;
    private final Kit kit;
    private final Doorbell bell = new Doorbell();
    private final AtomicReference<@Nullable Set<RunId>> found = new AtomicReference<>();
    private final Queue<RunId> orphans = new ArrayDeque<>(); // only used by the loop

    /** More may be ready than there is room for. Only the loop says so. */
    private volatile boolean backlog = true;

    private volatile boolean closed;

    Dispatcher(Store store, NodeId node, Registry registry, NodeSettings settings, Executions executions, Kit kit) {
        this.store = store;
        this.node = node;
        this.registry = registry;
        this.settings = settings;
        this.executions = executions;
        this.kit = kit;
    }

    /** Something may be ready. */
    void workMayBeReady() {
        bell.ring();
    }

    /** What the store says that this node holds, and is not executed here. */
    void adopt(Set<RunId> runs) {
        if (!runs.isEmpty()) {
            found.set(runs);
            bell.ring();
        }
    }

    /** There is room again. */
    void roomFreed() {
        if (backlog) {
            bell.ring();
        }
    }

    /** Whether a run that is submitted now would jump no queue if it were executed at once. */
    boolean isCaughtUp() {
        return !backlog && !closed;
    }

    void close() {
        closed = true;
        bell.ring();
    }

    void loop() {
        Loop.run(bell, () -> closed, settings.poll(), () -> {
            try {
                return look();
            } catch (StoreUnavailableException e) {
                LOG.debug("Cannot take runs", e);
                return OUTAGE_PAUSE;
            }
        });
    }

    /** Takes what there is room for; says how long to wait before looking again. */
    private Duration look() {
        if (!isRidOfOrphans()) {
            return settings.poll();
        }
        boolean known = backlog;
        int wanted = known ? BATCH : store.queue().ready(registry.refs(), BATCH);
        if (wanted == 0) {
            return untilNext();
        }
        int reserved = reserve(wanted);
        if (reserved == 0) {
            return settings.poll();
        }
        backlog = reserved < wanted || wanted == BATCH;
        List<Claim> claims = List.of();
        try {
            claims = claim(reserved);
        } finally {
            executions.release(reserved - claims.size());
        }
        if (claims.size() < reserved) {
            backlog = false;
        }
        try {
            begin(claims);
        } catch (RuntimeException e) {
            // They count for the limits of their queues: nothing more is claimed before them.
            claims.forEach(claim -> orphans.add(claim.run()));
            throw e;
        }
        // Ready and yet not taken: a limit holds it back, or another node takes it.
        return !claims.isEmpty() || known ? Duration.ZERO : settings.poll().dividedBy(10);
    }

    private int reserve(int wanted) {
        int reserved = executions.reserve(wanted);
        if (reserved == 0) {
            backlog = true;
            // Room that was freed before that rang no bell.
            reserved = executions.reserve(wanted);
        }
        return reserved;
    }

    private List<Claim> claim(int atMost) {
        List<QueueLimit> limits = settings.queues().stream().map(this::limit).toList();
        return store.queue().claim(new ClaimRequest(node, atMost, registry.refs(), limits, this::start));
    }

    private NewEvent start(long epoch) {
        return FactCodec.encode(new RunFact.Started(node, epoch), Actor.worker(node));
    }

    /** Begins what this node holds and does not execute, before it claims more; false if there is no room. */
    private boolean isRidOfOrphans() {
        Set<RunId> news = found.getAndSet(null);
        if (news != null) {
            orphans.clear();
            orphans.addAll(news);
        }
        while (!orphans.isEmpty() && !closed) {
            RunId orphan = orphans.element();
            try {
                if (!takeIn(orphan)) {
                    return false;
                }
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("Run {} is held by this node and cannot be read; that is tried again later", orphan, e);
            }
            orphans.remove();
        }
        return orphans.isEmpty();
    }

    private boolean takeIn(RunId orphan) {
        Owner owner = executions.knows(orphan)
                ? NOBODY
                : store.catalog().run(orphan).map(RunView::owner).orElse(NOBODY);
        // Whoever had begun it here in time has ended it by now, and what they wrote is in the store.
        if (node.equals(owner.node())) {
            if (reserve(1) == 0) {
                return false;
            }
            LOG.info("Run {} is held by this node but was not executed; executing it now", orphan);
            begin(List.of(new Claim(orphan, owner.epoch())));
        }
        return true;
    }

    /** Executes runs that this node holds, and for which room was reserved. */
    private void begin(List<Claim> claims) {
        if (claims.isEmpty()) {
            return;
        }
        List<RunId> runs = claims.stream().map(Claim::run).toList();
        claims.forEach(executions::expect);
        Map<RunId, List<Event>> logs = Map.of();
        try {
            logs = store.log().readAll(runs);
        } finally {
            for (Claim claim : claims) {
                begin(claim, logs.get(claim.run()));
            }
        }
    }

    private void begin(Claim claim, @Nullable List<Event> events) {
        Throwable failure = null;
        try {
            if (events != null) {
                executions.begin(kit, claim, RunHistory.of(events));
                return;
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        executions.expectNoMore(claim);
        if (failure != null) {
            LOG.error("Run {} cannot be executed; its log is not understood", claim.run(), failure);
        }
    }

    private QueueLimit limit(QueuePolicy policy) {
        int perNode = policy.perNode() == null ? settings.workers() : policy.perNode();
        int left = Math.max(0, perNode - executions.inQueue(policy.queue()));
        return new QueueLimit(policy.queue(), left, policy.everywhere(), policy.rate());
    }

    private Duration untilNext() {
        Duration wait =
                store.queue().nextReady(registry.refs()).map(kit.clock()::until).orElse(settings.poll());
        return wait.compareTo(settings.poll()) > 0 ? settings.poll() : wait.plus(SHORTEST);
    }
}
