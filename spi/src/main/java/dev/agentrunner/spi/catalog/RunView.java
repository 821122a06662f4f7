package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands.
 *
 * @param totals what its log adds up to
 * @param payloads where input and outcome are found
 */
public record RunView(
        RunId id, RunSpec spec, RunRow state, Owner owner, Totals totals, Times times, Payloads payloads) {

    /** The seq of the run's last event. */
    public long lastSeq() {
        return totals.lastSeq();
    }

    /** What was spent on all of the run's steps. */
    public Spending usage() {
        return totals.usage();
    }

    /**
     * What the events of the run add up to.
     *
     * @param lastSeq how many there are
     * @param usage what was spent on all of its steps
     */
    public record Totals(long lastSeq, Spending usage) {}

    /**
     * Payloads of two events of the run.
     *
     * @param first of the first event, which holds the input
     * @param last of the event that ended the run, which holds output, failure or reason; null before
     */
    public record Payloads(Json first, @Nullable Json last) {}
}
