package dev.agentrunner.core.state;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What ends a wait. */
final class Wait {

    private Wait() {}

    static Ready ready(Suspension suspension, RunState run, Signals signals) {
        // Paused and no longer asked to pause: go on.
        if (suspension.waiting() == Waiting.PAUSED || signals.hasAnyOf(suspension.signals())) {
            return Ready.now();
        }
        Instant moment = earlier(suspension.wakeAt(), run.birth().terms().deadline());
        return moment == null ? Ready.never() : Ready.at(moment);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
