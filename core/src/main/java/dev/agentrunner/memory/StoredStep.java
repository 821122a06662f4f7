package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepRow;
import java.util.List;

/** A step with its times. Guarded by the store's lock. */
final class StoredStep extends Timed {

    private StepRow row;

    StoredStep(StepRow row, long now) {
        super(now);
        this.row = row;
        replace(row, now);
    }

    StepRow row() {
        return row;
    }

    void replace(StepRow next, long now) {
        row = next;
        boolean ran = switch (next.status()) {
            case RUNNING, COMPLETED, FAILED -> true;
            case PENDING, CANCELED, SKIPPED -> false;
        };
        note(ran, next.status().isTerminal(), now);
    }

    StepView view(StoredRun run) {
        long outcome = row.outcomeSeq();
        List<StoredEvent> events = run.events;
        Json payload = outcome >= 1 && outcome <= events.size() ? events.get((int) outcome - 1).payload : null;
        return new StepView(run.id, row, times(), payload, run.spending(row.id()));
    }
}
