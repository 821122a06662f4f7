package dev.agentrunner.memory;

import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one run, found by id. A sorted list takes a third of the space of a map, which counts where a
 * hundred thousand runs wait in one step each. Guarded by the store's lock.
 */
final class StoredSteps {

    private final List<StoredStep> byId = new ArrayList<>(1);

    List<StoredStep> all() {
        return Collections.unmodifiableList(byId);
    }

    @Nullable StoredStep find(StepId id) {
        int place = place(id);
        return place < 0 ? null : byId.get(place);
    }

    void write(StepRow row, long now) {
        int place = place(row.id());
        if (place < 0) {
            byId.add(-place - 1, new StoredStep(row, now));
        } else {
            byId.get(place).replace(row, now);
        }
    }

    /** As {@link Collections#binarySearch} tells it. */
    private int place(StepId id) {
        int low = 0;
        int high = byId.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = byId.get(middle).row().id().value().compareTo(id.value());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
