package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.StepId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a run is executed. Immutable.
 *
 * @param deadline when the run fails if it has not finished
 * @param models which model a step asks instead of its own, by the step's name
 * @param depth how many runs are above this one
 * @param definition what defines the workflow, if a text does: the run is executed by it, whatever becomes of the file
 *     that it was read from
 */
public record Terms(
        @Nullable Instant deadline,
        Map<String, String> models,
        int depth,
        @Nullable Definition definition) {

    /** A text that defines a workflow, and in which format it is written. */
    public record Definition(String format, String text) {}

    public static final Terms NONE = new Terms(null, Map.of(), 0, null);

    public Terms {
        models = Map.copyOf(models);
        models.keySet().forEach(StepId::new); // refuses what no step can be called
    }

    public static Terms until(@Nullable Instant deadline) {
        return new Terms(deadline, Map.of(), 0, null);
    }

    public Terms models(Map<String, String> byStep) {
        return new Terms(deadline, byStep, depth, definition);
    }

    public Terms depth(int runsAbove) {
        return new Terms(deadline, models, runsAbove, definition);
    }

    public Terms definition(@Nullable Definition text) {
        return new Terms(deadline, models, depth, text);
    }
}
