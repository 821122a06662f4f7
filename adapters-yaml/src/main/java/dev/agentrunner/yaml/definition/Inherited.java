package dev.agentrunner.yaml.definition;

import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a step that does not say it itself: from the file's defaults, and from the foreach or parallel that the
 * step is in. It holds for steps that do something, so not for approval, sleep and run, which may take as long as they
 * take. Immutable.
 */
record Inherited(
        @Nullable String model,
        @Nullable Duration timeout,
        @Nullable RetryPolicy retry,
        boolean atMostOnce) {

    static final Inherited NOTHING = new Inherited(null, null, null, false);

    /** What one step says itself; null: nothing. */
    record Own(
            @Nullable Duration timeout,
            @Nullable RetryPolicy retry,
            @Nullable Boolean atMostOnce) {}

    /** For the steps in a step that says this. */
    Inherited with(Own own) {
        return new Inherited(
                model,
                own.timeout() == null ? timeout : own.timeout(),
                own.retry() == null ? retry : own.retry(),
                own.atMostOnce() == null ? atMostOnce : own.atMostOnce());
    }

    private Inherited ofKind(String kind) {
        return switch (kind) {
            case "llm" -> retry == null ? new Inherited(model, timeout, defaultRetry(), atMostOnce) : this;
            case "shell", "http", "write_files" -> this;
            default -> NOTHING;
        };
    }

    private static RetryPolicy defaultRetry() {
        return GenerateOptions.DEFAULT.step().retry();
    }

    /** Whether a step that says this would run at most once and still be tried again. */
    boolean contradicts(String kind, Own own) {
        RetryPolicy policy = own.retry();
        return ofKind(kind).with(own).atMostOnce() && policy != null && policy.maxAttempts() > 1;
    }

    /** Does not fail on what {@linkplain #contradicts contradicts}: at most once has the last word. */
    StepOptions options(String kind, Own own) {
        Inherited all = ofKind(kind).with(own);
        RetryPolicy policy = all.retry();
        if (all.atMostOnce()) {
            return limited(StepOptions.atMostOnce(), all);
        }
        return limited(StepOptions.retry(policy == null ? RetryPolicy.NONE : policy), all);
    }

    private static StepOptions limited(StepOptions options, Inherited by) {
        return by.timeout() == null ? options : options.timeout(by.timeout());
    }
}
