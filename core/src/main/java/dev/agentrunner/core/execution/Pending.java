package dev.agentrunner.core.execution;

import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a branch waits for.
 *
 * @param until waits no longer than this
 * @param signals names of signals that would end it
 * @param over tells that it need not wait; quick
 */
record Pending(Waiting waiting, @Nullable Instant until, Set<String> signals, BooleanSupplier over) {

    static Pending until(Waiting waiting, Instant moment) {
        return new Pending(waiting, moment, Set.of(), () -> false);
    }
}
