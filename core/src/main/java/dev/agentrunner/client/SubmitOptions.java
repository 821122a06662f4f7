package dev.agentrunner.client;

import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunSpec;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is submitted. Immutable.
 *
 * @param name for people, at most 200 characters
 * @param idempotencyKey a second submission with the same key gives the same run (INV-11); 1 to {@value
 *     RunSpec#MAX_KEY_LENGTH} characters
 * @param deadline the run fails if it has not finished so long after its submission
 * @param models which model a step asks instead of its own, by the step's name
 * @param version of a workflow that is named; null: the newest. A {@link dev.agentrunner.workflow.Workflow} that is given
 *     itself has its own
 */
public record SubmitOptions(
        @Nullable String name,
        Map<String, String> labels,
        QueueSlot slot,
        @Nullable String idempotencyKey,
        @Nullable Duration deadline,
        Map<String, String> models,
        @Nullable String version) {

    public static final SubmitOptions DEFAULT =
            new SubmitOptions(null, Map.of(), QueueSlot.DEFAULT, null, null, Map.of(), null);

    public SubmitOptions {
        labels = Map.copyOf(labels);
        models = Map.copyOf(models);
        if (name != null && name.length() > 200) {
            throw new IllegalArgumentException("A run's name has at most 200 characters, not " + name.length());
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > RunSpec.MAX_KEY_LENGTH)) {
            throw new IllegalArgumentException("An idempotency key has 1 to " + RunSpec.MAX_KEY_LENGTH
                    + " characters, not " + idempotencyKey.length());
        }
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw new IllegalArgumentException("A deadline is positive, not " + deadline);
        }
        labels.forEach((key, value) -> {
            if (key.isBlank() || key.length() > 100 || value.length() > 100) {
                throw new IllegalArgumentException("Labels have keys and values of at most 100 characters: " + key);
            }
        });
    }

    public SubmitOptions named(String text) {
        return new SubmitOptions(text, labels, slot, idempotencyKey, deadline, models, version);
    }

    public SubmitOptions labels(Map<String, String> all) {
        return new SubmitOptions(name, all, slot, idempotencyKey, deadline, models, version);
    }

    public SubmitOptions queue(String queue) {
        return new SubmitOptions(
                name, labels, new QueueSlot(queue, slot.priority()), idempotencyKey, deadline, models, version);
    }

    /** Higher numbers go first. */
    public SubmitOptions priority(int priority) {
        return new SubmitOptions(
                name, labels, new QueueSlot(slot.queue(), priority), idempotencyKey, deadline, models, version);
    }

    public SubmitOptions idempotencyKey(String key) {
        return new SubmitOptions(name, labels, slot, key, deadline, models, version);
    }

    public SubmitOptions deadline(Duration fromNow) {
        return new SubmitOptions(name, labels, slot, idempotencyKey, fromNow, models, version);
    }

    /** Lets steps ask other models than the workflow says: {@code provider/model} by the step's name. */
    public SubmitOptions models(Map<String, String> byStep) {
        return new SubmitOptions(name, labels, slot, idempotencyKey, deadline, byStep, version);
    }

    /** Asks for this version of a workflow that is named; null: for the newest. */
    public SubmitOptions version(@Nullable String wanted) {
        return new SubmitOptions(name, labels, slot, idempotencyKey, deadline, models, wanted);
    }
}
