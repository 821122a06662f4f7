package dev.agentrunner.core.state;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.StepId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a generation tells while it is under way. Only {@link #spent} of it is folded. */
public sealed interface LlmNote extends Note {

    @Override
    StepId step();

    /** What it adds to the spending of its step. */
    default Spending spent() {
        return Spending.NONE;
    }

    /**
     * A model was asked.
     *
     * @param attempt of the step
     * @param scripted whether the answer is played back instead of made
     */
    record Started(StepId step, String provider, String model, int attempt, boolean scripted) implements LlmNote {
        @Override
        public EventType type() {
            return EventType.LLM_STARTED;
        }

        @Override
        public Spending spent() {
            return new Spending(1, Usage.NONE, null);
        }
    }

    /**
     * It goes on.
     *
     * @param elapsedMs since it was asked
     * @param phase {@code loading} until the server answers at all, {@code prompt} until the first token, then {@code
     *     thinking} or {@code generating}
     * @param chunks how many pieces have come
     * @param idleMs since the last one, or since it was asked
     */
    record Heartbeat(StepId step, long elapsedMs, String phase, long chunks, long idleMs) implements LlmNote {
        @Override
        public EventType type() {
            return EventType.LLM_HEARTBEAT;
        }
    }

    /**
     * The answer is complete.
     *
     * @param costUsd null if no price is known
     */
    record Completed(
            StepId step,
            String provider,
            String model,
            Usage usage,
            String finishReason,
            long durationMs,
            @Nullable BigDecimal costUsd)
            implements LlmNote {
        @Override
        public EventType type() {
            return EventType.LLM_COMPLETED;
        }

        @Override
        public Spending spent() {
            return new Spending(0, usage, costUsd);
        }
    }

    /** There is no answer. */
    record Failed(StepId step, String provider, String model, Failure failure, long durationMs) implements LlmNote {
        @Override
        public EventType type() {
            return EventType.LLM_FAILED;
        }
    }
}
