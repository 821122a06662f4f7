package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why nobody executes a run that is RUNNING, and what ends that.
 *
 * @param wakeAt ends it when the store's clock gets there
 * @param signals a signal with one of these names ends it
 */
public record Suspension(Waiting waiting, @Nullable Instant wakeAt, Set<String> signals) {

    public Suspension {
        signals = Set.copyOf(signals);
    }
}
