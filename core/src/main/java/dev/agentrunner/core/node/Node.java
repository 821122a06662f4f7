package dev.agentrunner.core.node;

import dev.agentrunner.client.Health;
import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.execution.Execution;
import dev.agentrunner.core.execution.Family;
import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.execution.Settings;
import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.journal.Commander;
import dev.agentrunner.core.journal.Journal;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.time.Ids;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.core.time.Threads;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.WorkflowSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JVM that executes runs: its loops, and what they share. Thread-safe. */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int SPARE_THREADS = 64;

    private final Store store;
    private final NodeId id;
    private final Registry registry;
    private final NodeSettings settings;
    private final Kit kit;
    private final Commander commander;
    private final Watchers watchers = new Watchers();
    private final Outcomes outcomes;
    private final Executions executions;
    private final Dispatcher dispatcher;
    private final Liveness liveness;
    private final Submitter submitter;
    private final Declarations declarations;
    private final Upkeep upkeep;
    private final ExecutorService runThreads;
    private final ExecutorService branchThreads;
    private final ExecutorService workers = Threads.pool("agent-runner-background", 4);
    private final ExecutorService callbacks = Threads.pool("agent-runner-callback", 4);
    private final ScheduledExecutorService timer = Threads.timer("agent-runner-timer");
    private RunLog.@Nullable Subscription hints;
    private volatile @Nullable Thread dispatching;
    private volatile @Nullable Thread beating;
    private volatile boolean draining;
    private boolean drained; // guarded by this
    private boolean closed; // guarded by this

    public Node(
            Store store,
            Registry registry,
            List<WorkflowSource> sources,
            NodeSettings settings,
            Settings executionSettings,
            Values values) {
        Ids ids = new Ids(InstantSource.system());
        this.store = store;
        this.id = new NodeId(ProcessHandle.current().pid() + "-" + ids.token());
        this.registry = registry;
        this.settings = settings;
        Background background = new Background(workers, timer);
        StoreClock clock = new StoreClock(store.queue().beat(new NodeBeat(id, settings.workers())));
        this.runThreads = Threads.workers("agent-runner-run", settings.workers() + SPARE_THREADS);
        this.branchThreads = Threads.workers("agent-runner-branch", 4 * settings.workers() + SPARE_THREADS);
        this.commander = new Commander(store.log(), this::journal);
        this.outcomes = new Outcomes(store.log(), background, watchers, this::isExecuting);
        Family family = new Relatives(this);
        this.kit = new Kit(values, clock, ids, background, branchThreads, family, executionSettings);
        this.executions =
                new Executions(id, store.log(), registry, runThreads, settings.workers(), this::executionOver);
        this.dispatcher = new Dispatcher(store, id, registry, settings, executions, kit);
        this.liveness = new Liveness(
                store.queue(), id, settings, clock, executions, dispatcher::adopt, dispatcher::workMayBeReady);
        this.submitter = new Submitter(store.log(), id, new Eagerness(executions, dispatcher, settings, kit, registry));
        this.declarations = new Declarations(store, registry, sources, dispatcher::workMayBeReady);
        this.upkeep =
                new Upkeep(store, values.artifacts(), clock, settings.retention(), executionSettings.workspaces());
    }

    /** Begins to beat and to take runs. */
    public void start() {
        declarations.start(kit.settings().models().names(), kit.background());
        hints = store.log().follow(this::onHint);
        liveness.beat();
        beating = Threads.start("agent-runner-liveness", liveness::loop);
        if (settings.workers() > 0) {
            dispatching = Threads.start("agent-runner-dispatcher", dispatcher::loop);
        }
        long poll = settings.poll().toMillis();
        timer.scheduleWithFixedDelay(watchers::everythingChanged, poll, poll, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(kit.settings().models().live()::beat, 1, 1, TimeUnit.SECONDS);
        upkeep.schedule(kit.background());
        LOG.info("Node {} executes up to {} runs at once on {}", id, settings.workers(), store.describe());
    }

    private void onHint(Hint hint) {
        if (hint instanceof Hint.Changed changed) {
            if (!executions.heardOf(changed.run(), changed.lastSeq())) {
                watchers.changed(changed.run());
            }
        } else if (hint instanceof Hint.Ready) {
            dispatcher.workMayBeReady();
        } else {
            dispatcher.workMayBeReady();
            watchers.everythingChanged();
        }
    }

    private Optional<Journal> journal(RunId run) {
        return Optional.ofNullable(executions.get(run)).map(Execution::journal);
    }

    private boolean isExecuting(RunId run) {
        Execution execution = executions.get(run);
        return execution != null && !execution.journal().isStopped();
    }

    private void executionOver(RunId run, @Nullable RunFact ending) {
        if (ending != null) {
            outcomes.ended(run, ending);
        }
        watchers.changed(run);
        dispatcher.roomFreed();
    }

    public CompletableFuture<RunId> submit(RunId run, Birth birth, List<Fact> copies, Actor actor) {
        return submitter.submit(run, birth, copies, actor);
    }

    public CompletableFuture<RunFact> outcome(RunId run) {
        return outcomes.of(run);
    }

    /** Where the futures that an application is given complete, so that it may wait there for whatever it likes. */
    ExecutorService callbacks() {
        return callbacks;
    }

    public Commander commander() {
        return commander;
    }

    public Kit kit() {
        return kit;
    }

    public Registry registry() {
        return registry;
    }

    public NodeId id() {
        return id;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    Watchers watchers() {
        return watchers;
    }

    /** How this node is at this moment. */
    public Health health() {
        return new Health(lives(beating), liveness.lastBeat(), settings.workers() == 0 || lives(dispatching), draining);
    }

    private static boolean lives(@Nullable Thread loop) {
        return loop != null && loop.isAlive();
    }

    /**
     * Stops taking runs, lets steps under way finish for the drain grace, and hands over what is left. Clients
     * can still submit, command and watch runs. Draining again does nothing.
     */
    public synchronized void drain() {
        if (drained) {
            return;
        }
        drained = true;
        draining = true;
        dispatcher.close();
        join(dispatching);
        new Drain(executions, settings.drainGrace()).run();
        liveness.close();
        join(beating);
        upkeep.leave(id);
        // What begins only now, because the store was slow to create it, is left to others as well.
        runThreads.shutdownNow();
        branchThreads.shutdownNow();
    }

    /** Drains, and ends whatever else this node does. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        declarations.close();
        drain();
        if (hints != null) {
            hints.close();
        }
        outcomes.close(store.describe());
        timer.shutdownNow();
        workers.shutdown();
        callbacks.shutdown();
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
