package dev.agentrunner.core.node;

import dev.agentrunner.client.AwaitTimeoutException;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunCanceledException;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.workflow.ResultType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A handle that asks the store: for what is shown, its catalog; for how a run ends, the log. */
record Handle(Client client, RunId id, boolean created) implements RunHandle {

    /** What asks a person waits for signals of this beginning; the id of the step follows. */
    private static final String APPROVAL = "approval.";

    private static final int LONGEST_NAME = 200;
    private static final Duration FOR_EVER = Duration.ofDays(100_000);

    @Override
    public RunStatus status() {
        return client.store()
                .catalog()
                .run(id)
                .orElseThrow(() -> new UnknownRunException(id))
                .state()
                .status();
    }

    @Override
    public <T> T await(ResultType<T> type) throws InterruptedException {
        return await(type, FOR_EVER);
    }

    @Override
    public <T> T await(ResultType<T> type, Duration timeout) throws InterruptedException {
        RunFact ending = ending(timeout);
        if (ending instanceof RunFact.Completed completed) {
            return client.node().kit().values().read(completed.output(), type);
        }
        if (ending instanceof RunFact.Failed failed) {
            throw new RunFailedException(id, failed.failure());
        }
        String reason = ((RunFact.Canceled) ending).reason();
        throw new RunCanceledException(id, reason == null ? "no reason was given" : reason);
    }

    @Override
    public CompletableFuture<RunStatus> ended() {
        return client.node()
                .outcome(id)
                .thenApplyAsync(Handle::status, client.node().callbacks());
    }

    @Override
    public RunStatus awaitEnd(Duration timeout) throws InterruptedException {
        return status(ending(timeout));
    }

    private static RunStatus status(RunFact ending) {
        if (ending instanceof RunFact.Completed) {
            return RunStatus.COMPLETED;
        }
        return ending instanceof RunFact.Failed ? RunStatus.FAILED : RunStatus.CANCELED;
    }

    private RunFact ending(Duration timeout) throws InterruptedException {
        try {
            return client.node().outcome(id).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AwaitTimeoutException(id, timeout);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException
                    ? (RuntimeException) e.getCause()
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void cancel(@Nullable String reason) {
        run(() -> client.cancel(id, reason));
    }

    @Override
    public void cancelNow(@Nullable String reason) {
        run(() -> client.cancelNow(id, reason));
    }

    @Override
    public void pause(@Nullable String reason) {
        command(new OutsideCommand.Pause(reason));
    }

    @Override
    public void resume(@Nullable String reason) {
        command(new OutsideCommand.Unpause(reason));
    }

    @Override
    public Event signal(String name, @Nullable Object payload) {
        int most = name.startsWith(APPROVAL) ? APPROVAL.length() + StepId.MAX_LENGTH : LONGEST_NAME;
        if (name.isBlank() || name.length() > most) {
            throw new IllegalArgumentException("A signal's name has 1 to " + most + " characters: '" + name + "'");
        }
        Json json = client.node().kit().values().codec().write(payload);
        if (name.startsWith(APPROVAL) && !json.tree().path("approved").isBoolean()) {
            throw new IllegalArgumentException(
                    "An approval is an object with \"approved\": true or false, and perhaps a "
                            + "\"comment\" and a \"payload\"; it was not sent");
        }
        OutsideCommand.Signal signal =
                new OutsideCommand.Signal(name, json, client.actor().value());
        return attempt(() -> client.signal(id, signal));
    }

    @Override
    public RunHandle fork(ForkOptions options) {
        return client.fork(id, options);
    }

    @Override
    public void purge() {
        client.purge(id);
    }

    private void command(OutsideCommand command) {
        attempt(() -> client.node().commander().execute(id, command, client.actor()));
    }

    private void run(Runnable command) {
        attempt(() -> {
            command.run();
            return id;
        });
    }

    private <T> T attempt(Supplier<T> command) {
        try {
            return command.get();
        } catch (RefusedException e) {
            throw new RunFinishedException(id, e.reason());
        }
    }
}
