package dev.agentrunner.core.node;

import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.RunNotFinishedException;
import dev.agentrunner.client.Runs;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.IllegalHistoryException;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an application uses of a node, on behalf of somebody.
 *
 * @param actor recorded with every command
 */
public record Client(Node node, Store store, Actor actor) implements Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private static final Duration OUTAGE_PAUSE = Duration.ofMillis(250);

    @Override
    public <I> RunHandle submit(Workflow<I, ?> workflow, I input, SubmitOptions options) {
        return join(submit(workflow.ref(), node.kit().values().codec().writeAsGiven(input), options));
    }

    @Override
    public <I> CompletableFuture<RunHandle> submitAsync(Workflow<I, ?> workflow, I input, SubmitOptions options) {
        return submit(workflow.ref(), node.kit().values().codec().writeAsGiven(input), options)
                .thenApplyAsync(run -> run, node.callbacks());
    }

    @Override
    public RunHandle submit(String workflow, Json input, SubmitOptions options) {
        String version = options.version();
        WorkflowRef ref = version == null
                ? node.registry().newest(workflow)
                : node.registry().get(new WorkflowRef(workflow, version)).ref();
        return join(submit(ref, node.kit().values().codec().writeAsGiven(input), options));
    }

    private CompletableFuture<RunHandle> submit(WorkflowRef workflow, Json input, SubmitOptions options) {
        Instant deadline =
                options.deadline() == null ? null : node.kit().clock().instant().plus(options.deadline());
        Workflow<?, ?> known = node.registry().checked(workflow, input);
        RunSpec spec = new RunSpec(
                workflow, options.slot(), options.name(), options.labels(), Lineage.NONE, options.idempotencyKey());
        Terms terms = Terms.until(deadline)
                .models(options.models())
                .definition(known == null ? null : Registry.definition(known));
        Birth birth = new Birth(spec, input, node.kit().ids().seed(), terms, null);
        RunId run = node.kit().ids().run();
        return node.submit(run, birth, List.of(), actor)
                .thenCompose(found -> found.equals(run)
                        ? CompletableFuture.completedFuture(found)
                        // The store's threads must not be made to wait for the store.
                        : CompletableFuture.supplyAsync(
                                () -> {
                                    Submitter.requireSame(node.commander(), found, birth, options.version());
                                    return found;
                                },
                                node.kit().background().workers()))
                .thenApply(found -> new Handle(this, found, found.equals(run)));
    }

    @Override
    public RunHandle handle(RunId run) {
        return new Handle(this, run, false);
    }

    RunHandle fork(RunId run, ForkOptions options) {
        List<Event> events = store.log().readAll(List.of(run)).get(run);
        if (events == null) {
            throw new UnknownRunException(run);
        }
        RunHistory history = RunHistory.of(events);
        if (!history.isTerminal()) {
            throw new RunNotFinishedException(run);
        }
        Birth birth = forkOf(run, history.run().birth(), options);
        return join(node.submit(
                        node.kit().ids().run(),
                        birth,
                        Forks.copies(events, options, node.kit().ids()),
                        actor)
                .thenApply(forked -> new Handle(this, forked, true)));
    }

    /** Of another version the fork has that one's definition; else it keeps the one that it began with. */
    private Birth forkOf(RunId run, Birth source, ForkOptions options) {
        RunSpec spec = source.spec();
        WorkflowRef ref = spec.workflow();
        WorkflowRef version = options.version() == null ? ref : new WorkflowRef(ref.name(), options.version());
        RunSpec forked = new RunSpec(version, spec.slot(), spec.name(), spec.labels(), new Lineage(null, run), null);
        Json input = options.input() == null ? source.input() : options.input();
        String step = options.fromStep() == null ? null : options.fromStep().value();
        Terms terms =
                Terms.NONE.models(source.terms().models()).depth(source.terms().depth());
        if (options.version() != null) {
            Workflow<?, ?> other = node.registry().checked(version, input);
            terms = terms.definition(other == null ? null : Registry.definition(other));
        } else {
            terms = terms.definition(source.terms().definition());
        }
        Birth birth = new Birth(forked, input, source.seed(), terms, step);
        if (options.input() != null && node.registry().knows(version)) {
            node.registry().of(birth).about().inputs().check().check(input);
        }
        return birth;
    }

    /**
     * Ends a run by force, and its children before it. It is asked to cancel before they are, because else it
     * would see them canceled and might fail of it; and a node carries on if nobody comes to force it.
     */
    void cancelNow(RunId run, @Nullable String reason) {
        List<RunId> children =
                runningChildren(node.commander().history(run).orElseThrow(() -> new UnknownRunException(run)));
        if (!children.isEmpty()) {
            node.commander().execute(run, new OutsideCommand.RequestCancel(reason, false), actor);
            children.forEach(child -> attempt(() -> cancelNow(child, reason)));
        }
        node.commander().execute(run, new OutsideCommand.RequestCancel(reason, true), actor);
    }

    /**
     * Ends a run that nobody executes, so that it need not wait until a node has room for it. The request
     * to cancel is recorded already: a node that takes the run up meanwhile executes nothing of it.
     */
    private void endSuspended(RunId run, RunHistory history, @Nullable String reason) {
        runningChildren(history).forEach(child -> attempt(() -> cancel(child, reason)));
        attempt(() -> node.commander().execute(run, new OutsideCommand.RequestCancel(reason, true), actor));
    }

    /** Asks a run to cancel, and those that it waits for. */
    void cancel(RunId run, @Nullable String reason) {
        RunHistory history = node.commander().execute(run, new OutsideCommand.RequestCancel(reason, false), actor);
        if (!history.isTerminal() && history.run().suspension() != null) {
            endSuspended(run, history, reason);
        }
    }

    /** The signal as it was recorded: its commit holds nothing else. */
    Event signal(RunId run, OutsideCommand.Signal signal) {
        long seq = node.commander().execute(run, signal, actor).seq();
        Doorbell pause = new Doorbell();
        while (true) {
            try {
                return store.log().read(run, seq - 1, 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new UnknownRunException(run));
            } catch (StoreUnavailableException e) {
                // Whoever were told that would send it again, though it is recorded.
                pause(pause, e);
            }
        }
    }

    private static void pause(Doorbell silent, StoreUnavailableException outage) {
        try {
            silent.await(OUTAGE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outage;
        }
    }

    void purge(RunId run) {
        if (!store.retention().purge(run)) {
            throw store.catalog().run(run).isPresent()
                    ? new RunNotFinishedException(run)
                    : new UnknownRunException(run);
        }
        node.upkeep().forgetWorkspace(run);
    }

    private static List<RunId> runningChildren(RunHistory history) {
        return history.running().stream()
                .map(step -> step.plan().child())
                .filter(Objects::nonNull)
                .toList();
    }

    private static void attempt(Runnable command) {
        try {
            command.run();
        } catch (RefusedException | UnknownRunException e) {
            // It has ended by itself, or does not exist yet: whoever creates it sees that its parent ended.
            return;
        } catch (IllegalHistoryException | IllegalArgumentException e) {
            LOG.error("A child that this node cannot read was not canceled with its parent", e);
        }
    }

    private static RunHandle join(CompletableFuture<RunHandle> submitted) {
        try {
            return submitted.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException ? (RuntimeException) e.getCause() : e;
        }
    }
}
