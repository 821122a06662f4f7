package dev.agentrunner.spi.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is created with and keeps for life. The input is in the run's first event.
 *
 * @param name a person's name for the run
 * @param labels keys and values by which runs are found
 * @param idempotencyKey at most one run per key exists (INV-11); freed when the run is purged
 */
public record RunSpec(
        WorkflowRef workflow,
        QueueSlot slot,
        @Nullable String name,
        Map<String, String> labels,
        Lineage lineage,
        @Nullable String idempotencyKey) {

    public RunSpec {
        labels = Map.copyOf(labels);
    }
}
