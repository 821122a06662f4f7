package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided.
 *
 * @param by who, such as {@code user:ada}; {@code timeout} if nobody did in time
 * @param comment null if there is none
 * @param payload whatever came with the answer, JSON; null if nothing
 */
public record Answer(
        boolean approved,
        @Nullable String by,
        @Nullable String comment,
        @Nullable Json payload) {}
