package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.model.Json;
import org.jspecify.annotations.Nullable;

/** What can be asked of runs. Each call gives the run as it is then, or what the contract says otherwise. */
public interface Commands {

    JsonNode submit(String workflow, Json input, SubmitOptions options);

    /** How to cancel. */
    enum Cancel {
        /** Steps under way get a grace period. */
        GRACEFULLY,
        AT_ONCE
    }

    JsonNode cancel(String run, Cancel how, @Nullable String reason);

    JsonNode pause(String run, @Nullable String reason);

    JsonNode resume(String run, @Nullable String reason);

    /** Gives the event. */
    JsonNode signal(String run, String name, Json payload);

    /** Gives the new run. */
    JsonNode fork(String run, ForkOptions options);

    void purge(String run);
}
