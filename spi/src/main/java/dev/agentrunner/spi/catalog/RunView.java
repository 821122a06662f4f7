package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands.
 *
 * @param payloads where input and outcome are found
 */
public record RunView(RunId id, RunSpec spec, RunRow state, Owner owner, long lastSeq, Times times, Payloads payloads) {

    /**
     * Payloads of two events of the run.
     *
     * @param first of the first event, which holds the input
     * @param last of the event that ended the run, which holds output, failure or reason; null before
     */
    public record Payloads(Json first, @Nullable Json last) {}
}
