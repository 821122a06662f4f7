package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import java.util.Optional;

/** What an execution asks of the node about other runs. Thread-safe. */
public interface Family {

    /** Creates the child if it does not exist yet. */
    void ensure(RunId child, RunId parent, WorkflowRef workflow, Json input);

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
