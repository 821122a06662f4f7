package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an execution asks of the node about other runs. Thread-safe. */
public interface Family {

    /**
     * A run that another one starts.
     *
     * @param depth how many runs are above it
     * @param timeout how long it may take from its creation; null: for ever
     */
    record Child(
            RunId parent,
            int depth,
            WorkflowRef workflow,
            @Nullable Duration timeout) {}

    /**
     * Creates the child if it does not exist yet.
     *
     * @throws dev.agentrunner.workflow.InvalidInputException if its workflow does not take the input
     */
    void ensure(RunId run, Child child, Json input);

    /**
     * The newest version that is registered under a name.
     *
     * @throws dev.agentrunner.client.UnknownWorkflowException if there is none
     */
    WorkflowRef newest(String workflow);

    /** How the run stands, or empty if it does not exist. */
    Optional<RunHistory> history(RunId run);

    /** Asks the run to cancel; does nothing if it has finished or does not exist. */
    void cancel(RunId run, String reason);

    /** Calls back whenever the run may have changed, until closed. */
    Watch watch(RunId run, Runnable changed);

    /** Ends the callbacks; closing again does nothing. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
