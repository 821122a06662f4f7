package dev.agentrunner.core.execution;

import dev.agentrunner.spi.error.StoreUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the store again and again while it cannot be reached: an outage fails no run. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private Patience() {}

    /** The answer, once there is one; ends this branch if bodies of steps are to end meanwhile. */
    static <T extends @Nullable Object> T during(Parking parking, Supplier<T> question) {
        return always(parking, () -> {
            parking.bodyBoundary();
            return question.get();
        });
    }

    /** The answer, once there is one, whatever happens meanwhile. */
    static <T extends @Nullable Object> T always(Parking parking, Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (StoreUnavailableException e) {
                parking.rest(PAUSE);
            }
        }
    }
}
