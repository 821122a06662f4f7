package dev.agentrunner.spi.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is created with and keeps for life. The input is in the run's first event.
 *
 * @param name a person's name for the run
 * @param labels keys and values by which runs are found
 * @param idempotencyKey at most one run per key exists (INV-11); freed when the run is purged; 1 to
 *     {@value #MAX_KEY_LENGTH} characters
 */
public record RunSpec(
        WorkflowRef workflow,
        QueueSlot slot,
        @Nullable String name,
        Map<String, String> labels,
        Lineage lineage,
        @Nullable String idempotencyKey) {

    /** The longest accepted idempotency key, in characters. */
    public static final int MAX_KEY_LENGTH = 300;

    public RunSpec {
        labels = Map.copyOf(labels);
        labels.forEach((key, value) -> {
            Storable.text("A label's key", key);
            Storable.text("A label's value", value);
        });
        if (name != null) {
            Storable.text("The run's name", name);
        }
        if (idempotencyKey != null) {
            Storable.text("The idempotency key", idempotencyKey);
            if (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH) {
                throw new IllegalArgumentException("An idempotency key has 1 to " + MAX_KEY_LENGTH + " characters, not "
                        + idempotencyKey.length());
            }
        }
    }
}
