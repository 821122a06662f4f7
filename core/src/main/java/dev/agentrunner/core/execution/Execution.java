package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.Failures;
import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.journal.Durable;
import dev.agentrunner.core.journal.Journal;
import dev.agentrunner.core.journal.JournalStopped;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.journal.Tenancy;
import dev.agentrunner.core.state.Command;
import dev.agentrunner.core.state.Decision.Refusal;
import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.RunState;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.core.state.Value;
import dev.agentrunner.core.workspace.RunWorkspace;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one run while this node holds it, through what is recorded and beyond, until it ends or is put aside. */
public final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final Duration OUTAGE_PAUSE = Duration.ofMillis(250);

    private final Kit kit;
    private final Tenancy tenancy;
    private final Workflow<?, ?> workflow;
    private final Journal journal;
    private final Journal.Pen pen;
    private final Parking parking;
    private final Bodies bodies;
    private final Guard guard;
    private final Closing closing;
    private final Token token = new Token();
    private final @Nullable RunWorkspace workspace;

    /**
     * @param ended called once, when the node is rid of the run
     */
    public Execution(Kit kit, Tenancy tenancy, Workflow<?, ?> workflow, JournalSource source, Runnable ended) {
        this.kit = kit;
        this.tenancy = tenancy;
        this.workflow = workflow;
        this.parking = new Parking(kit.clock(), kit.settings().parkGrace());
        this.bodies = new Bodies();
        this.journal = source.open(this::lookAgain);
        this.pen = journal.takeOver();
        this.closing = new Closing(this);
        this.guard = new Guard(this, closing, kit, ended);
        Workspaces places = kit.settings().workspaces();
        this.workspace = places == null
                ? null
                : new RunWorkspace(
                        places,
                        run(),
                        workflow.about().workspace(),
                        kit.values(),
                        () -> journal.<@Nullable Blob>view(RunHistory::workspace));
    }

    /** Makes the journal, given whom to tell about what others wrote. */
    @FunctionalInterface
    public interface JournalSource {
        Journal open(Runnable onOutside);
    }

    public RunId run() {
        return tenancy.run();
    }

    public Journal journal() {
        return journal;
    }

    /** Returns when the run is over, put aside, or not ours any more. */
    public void execute() {
        try {
            proceed();
        } catch (Unwind unwind) {
            closing.settle(unwind.why());
        } catch (JournalStopped stopped) {
            LOG.debug("Run {} goes on elsewhere: {}", run(), stopped.reason());
        } catch (RuntimeException e) {
            LOG.error("Run {} could not be executed; this node takes it up again", run(), e);
        } finally {
            guard.end();
        }
    }

    private void proceed() {
        RunCommand.TakeUp takeUp = new RunCommand.TakeUp(
                tenancy.node(), tenancy.claim().epoch(), kit.settings().maxRecoveries());
        if (journal.view(takeUp::endsRun)) {
            closing.finish(takeUp);
            return;
        }
        closing.durably(takeUp);
        RunState state = journal.view(history -> history.run());
        lookAgain();
        guard.watch(state.birth().terms().deadline());
        parking.boundary();
        Frame frame = new Frame(this, new Scope(journal.view(Recorded::of)), state.birth());
        try {
            Object result = call(workflow, state, frame);
            frame.scope().end();
            Value output = value(result).value();
            frame.scope().tell(Telling.listing(kit, null, output));
            closing.finish(new RunCommand.Complete(output, frame.scope().takeTold()));
        } catch (Unwind | JournalStopped end) {
            throw end;
        } catch (Throwable thrown) {
            parking.bodyBoundary();
            LOG.debug("Run {} failed", run(), thrown);
            closing.finish(new RunCommand.Fail(failure(thrown), frame.scope().takeTold()));
        }
    }

    private <I, O> @Nullable O call(Workflow<I, O> definition, RunState state, Frame frame) throws Exception {
        I input = kit.values().codec().read(state.birth().input(), definition.input());
        return definition.body().run(frame, input);
    }

    /** Recorded JSON for a value, large ones put into the artifact store; through outages of the store. */
    Values.Prepared value(@Nullable Object result) {
        return patiently(() -> kit.values().prepare(result));
    }

    <T> T read(Value value, ResultType<T> type) {
        return patiently(() -> kit.values().read(value, type));
    }

    /** What a branch waits for that met an outage of the store. */
    Pending afterOutage() {
        return Pending.until(Waiting.RETRY, kit.clock().instant().plus(OUTAGE_PAUSE));
    }

    /** Asks the store again and again while it cannot be reached. */
    <T> T patiently(Supplier<T> question) {
        return Patience.during(parking, question);
    }

    /** Decides a command and hands it to the log; ends this branch if the run is over. */
    CompletableFuture<Void> record(Command command) {
        return record(() -> journal.record(pen, command));
    }

    private static CompletableFuture<Void> record(Supplier<CompletableFuture<Void>> recording) {
        try {
            return recording.get();
        } catch (RefusedException e) {
            throw ended(e);
        }
    }

    static Error ended(RefusedException e) {
        if (e.why() == Refusal.RUN_FINISHED || e.why() == Refusal.NOT_CLAIMED) {
            return new Unwind(Stop.ENDED);
        }
        throw e;
    }

    /** Records the result of a step ahead; the branch's next side effect waits until it is durable (INV-7). */
    void recordResult(Scope branch, Command command) {
        branch.keepResult(recordAhead(command));
    }

    /** Records what goes to the log together with what follows, if that comes within a moment. */
    CompletableFuture<Void> recordAhead(Command command) {
        return record(() -> journal.recordAhead(pen, command));
    }

    void awaitLastResult(Scope branch) {
        if (!branch.lastResult().isDone()) {
            journal.flush();
        }
        try {
            Durable.await(branch.lastResult());
        } catch (RefusedException e) {
            throw new Unwind(Stop.ENDED);
        }
    }

    /** What is recorded of an exception. */
    Failure failure(Throwable thrown) {
        return Failures.of(thrown, secrets());
    }

    Secrets secrets() {
        return kit.values().codec().secrets();
    }

    /** The run's workspace; an IllegalStateException if the node has none. */
    RunWorkspace workspace() {
        if (workspace == null) {
            throw new IllegalStateException("Step bodies have no workspace here; build the runner with "
                    + "workspaces(LocalWorkspaces.in(folder)), for instance");
        }
        return workspace;
    }

    StepState state(StepId id) {
        return journal.view(history -> history.step(id));
    }

    /** Bodies that go on all the same can do nothing in the workspace any more. */
    void closeWorkspace() {
        if (workspace != null) {
            workspace.close(kit.branches());
        }
    }

    /** Asks everything here to end. */
    public void stop(Stop why) {
        parking.stop(why);
        if (why.reachesBodies()) {
            guard.insist(why, kit.settings().cancelGrace());
            token.request();
            bodies.stopAll();
            if (why == Stop.ENDED) {
                closeWorkspace();
            }
        }
    }

    /** This node holds the run no more, or has got it anew since: what goes on here must end, and begin nothing. */
    public void lost() {
        stop(Stop.ENDED);
        journal.lost();
    }

    /** The node goes down: ends at the next step. */
    public void drain() {
        stop(Stop.DRAIN);
    }

    /** The node cannot wait any longer: hands the run over as it is recorded, whatever bodies still do. */
    public void abandon() {
        guard.takeOver(List.of(closing.handOver()));
    }

    public long epoch() {
        return tenancy.claim().epoch();
    }

    private void lookAgain() {
        Stop why = journal.view(history -> {
            if (history.isTerminal()) {
                return Stop.ENDED;
            }
            RunState state = history.run();
            return state.cancel() != null ? Stop.CANCEL : state.pauseRequested() ? Stop.PAUSE : Stop.WAIT;
        });
        if (journal.isStopped()) {
            stop(Stop.ENDED);
        } else if (why == Stop.WAIT) {
            parking.unpause();
            parking.poke();
        } else {
            stop(why);
        }
    }

    Kit kit() {
        return kit;
    }

    Parking parking() {
        return parking;
    }

    Bodies bodies() {
        return bodies;
    }

    Guard guard() {
        return guard;
    }

    Token token() {
        return token;
    }
}
