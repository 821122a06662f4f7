package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a step sets out to do, fixed when it first starts, so that a replay finds it again.
 *
 * @param atMostOnce an interrupted attempt is never silently repeated (INV-8)
 * @param signal the signal it waits for
 * @param wakeAt when it stops waiting
 * @param child the run it starts
 */
public record StepPlan(
        boolean atMostOnce,
        @Nullable String signal,
        @Nullable Instant wakeAt,
        @Nullable RunId child) {

    /** A step that just executes its body. */
    public static final StepPlan BODY = new StepPlan(false, null, null, null);

    /** A step whose body must not run twice. */
    public static final StepPlan BODY_AT_MOST_ONCE = new StepPlan(true, null, null, null);

    public static StepPlan until(@Nullable Instant moment) {
        return new StepPlan(false, null, moment, null);
    }

    public static StepPlan signal(String name, @Nullable Instant until) {
        return new StepPlan(false, name, until, null);
    }

    public static StepPlan child(RunId run) {
        return new StepPlan(false, null, null, run);
    }
}
