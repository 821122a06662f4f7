package dev.agentrunner.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model is asked. Immutable.
 *
 * @param step when all models have failed, and one of them may do better later, they are asked again as the retry
 *     policy says, or later if a provider demands that. Its timeout bounds an attempt as a whole
 * @param fallbacks asked one after the other, as {@code provider/model}, when the request's own model fails
 * @param keeping how the reply's text is kept as an artifact of the step; null: it is not
 */
public record GenerateOptions(
        StepOptions step,
        List<String> fallbacks,
        Limits limits,
        @Nullable Keeping keeping) {

    /**
     * How long a model may be silent. What is passed fails as {@code timeout}, which may be tried again.
     *
     * @param firstToken from the request to the first piece of the answer, loading of the model included
     * @param idle between two pieces
     * @param total from the request to the end of the answer
     */
    public record Limits(Duration firstToken, Duration idle, Duration total) {

        public static final Limits DEFAULT =
                new Limits(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofHours(1));

        public Limits {
            for (Duration each : List.of(firstToken, idle, total)) {
                if (each.isZero() || each.isNegative()) {
                    throw new IllegalArgumentException("A time limit is positive, not " + each);
                }
            }
        }
    }

    /** Names an artifact; the media type follows from the name's ending unless it is given. */
    public record Keeping(
            String name, String kind, @Nullable String mediaType) {}

    /** Three attempts, no fallback, patient with slow machines. */
    public static final GenerateOptions DEFAULT = new GenerateOptions(
            StepOptions.retry(RetryPolicy.attempts(3).backoff(Duration.ofSeconds(2))), List.of(), Limits.DEFAULT, null);

    public GenerateOptions {
        fallbacks = List.copyOf(fallbacks);
    }

    public GenerateOptions step(StepOptions options) {
        return new GenerateOptions(options, fallbacks, limits, keeping);
    }

    public GenerateOptions fallbacks(String... models) {
        return new GenerateOptions(step, List.of(models), limits, keeping);
    }

    public GenerateOptions limits(Limits those) {
        return new GenerateOptions(step, fallbacks, those, keeping);
    }

    /** Keeps the reply's text as an artifact of the step. */
    public GenerateOptions keeping(Keeping artifact) {
        return new GenerateOptions(step, fallbacks, limits, artifact);
    }
}
