package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run is born with.
 *
 * @param seed what {@code random} derives from; a fork inherits it, so that copied results still fit
 * @param deadline when the run fails if it has not finished
 * @param forkStep the step from which a fork executes anew
 */
public record Birth(
        RunSpec spec,
        Json input,
        long seed,
        @Nullable Instant deadline,
        @Nullable String forkStep) {}
