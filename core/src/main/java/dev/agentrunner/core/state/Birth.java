package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a run is born with.
 *
 * @param seed what {@code random} derives from; a fork inherits it, so that copied results still fit
 * @param forkStep the step from which a fork executes anew
 */
public record Birth(
        RunSpec spec,
        Json input,
        long seed,
        Terms terms,
        @Nullable String forkStep) {}
