package dev.agentrunner.client;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.workflow.Workflow;
import java.util.concurrent.CompletableFuture;

/** Submits runs and finds them again. Thread-safe. */
public interface Runs {

    /**
     * Submits a run; returns once it is durable.
     *
     * @throws IdempotencyKeyReusedException if the key belongs to a run that was submitted otherwise
     */
    default <I> RunHandle submit(Workflow<I, ?> workflow, I input) {
        return submit(workflow, input, SubmitOptions.DEFAULT);
    }

    <I> RunHandle submit(Workflow<I, ?> workflow, I input, SubmitOptions options);

    /**
     * Submits a run of a workflow that is registered under this name: of the version that the options ask for, or of the
     * newest.
     *
     * @throws UnknownWorkflowException if there is none
     */
    RunHandle submit(String workflow, Json input, SubmitOptions options);

    /** Submits without waiting; the future completes once the run is durable. */
    <I> CompletableFuture<RunHandle> submitAsync(Workflow<I, ?> workflow, I input, SubmitOptions options);

    /** A handle on a run, whether it exists or not. */
    RunHandle handle(RunId run);
}
