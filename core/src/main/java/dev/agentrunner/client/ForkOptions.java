package dev.agentrunner.client;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import org.jspecify.annotations.Nullable;

/**
 * What a fork begins with.
 *
 * @param fromStep this step, and those that started after it, are executed anew; null: those that did
 *     not complete
 * @param input null: that of the finished run
 * @param version null: that of the finished run
 */
public record ForkOptions(
        @Nullable StepId fromStep,
        @Nullable Json input,
        @Nullable String version) {

    /** Executes anew what did not complete. */
    public static final ForkOptions RETRY = new ForkOptions(null, null, null);

    public static ForkOptions from(String step) {
        return new ForkOptions(new StepId(step), null, null);
    }

    public ForkOptions input(Json changed) {
        return new ForkOptions(fromStep, changed, version);
    }

    public ForkOptions version(String other) {
        return new ForkOptions(fromStep, input, other);
    }
}
