package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.Signals.Signal;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits for a person to say whether a step may be executed again. */
record Approval(Execution execution, StepId step) {

    /** The seq of the signal that allows it; null if a signal forbids it. */
    @Nullable Long await() {
        String name = "approval." + step;
        while (true) {
            Signal signal = find(name);
            if (signal != null) {
                return signal.payload().tree().path("approved").asBoolean() ? signal.seq() : null;
            }
            execution.parking().park(new Pending(Waiting.APPROVAL, null, Set.of(name), () -> find(name) != null));
        }
    }

    private @Nullable Signal find(String name) {
        return execution
                .journal()
                .<@Nullable Signal>view(history -> history.signal(name).orElse(null));
    }
}
