package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Owner;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one run. Guarded by the store's lock. {@link #append} and {@link #project} are the only
 * mutators of events, rows and times, {@link Tenancy} of owner, epoch and readiness.
 */
final class StoredRun extends Timed {

    final RunId id;
    final RunSpec spec;
    final List<StoredEvent> events = new ArrayList<>(4);
    final StoredSteps steps = new StoredSteps();
    private List<ArtifactView> artifacts = List.of();
    private Map<StepId, Spending> spending = Map.of();
    private RunRow row = RunRow.QUEUED;

    final Tenancy.State tenancy = new Tenancy.State();

    StoredRun(RunId id, RunSpec spec, long now) {
        super(now);
        this.id = id;
        this.spec = spec;
    }

    RunRow row() {
        return row;
    }

    long lastSeq() {
        return events.size();
    }

    List<ArtifactView> artifacts() {
        return artifacts;
    }

    Spending spending(StepId step) {
        return spending.getOrDefault(step, Spending.NONE);
    }

    @Nullable NodeId node() {
        return tenancy.node();
    }

    long epoch() {
        return tenancy.epoch();
    }

    long readyAt() {
        return tenancy.readyAt();
    }

    StoredEvent append(long eventId, NewEvent fact, long now) {
        StoredEvent event = new StoredEvent(this, eventId, fact, now);
        events.add(event);
        return event;
    }

    void project(Projection next, long now) {
        row = inMillis(next.run());
        note(row.status() == RunStatus.RUNNING, row.status().isTerminal(), now);
        for (StepRow step : next.steps()) {
            steps.write(step, now);
        }
        if (!next.artifacts().isEmpty()) {
            List<ArtifactView> all = new ArrayList<>(artifacts);
            for (ArtifactRow artifact : next.artifacts()) {
                all.add(new ArtifactView(id, artifact, Instant.ofEpochMilli(now)));
            }
            artifacts = List.copyOf(all);
        }
        if (!next.spending().isEmpty()) {
            Map<StepId, Spending> all = new HashMap<>(spending);
            all.putAll(next.spending());
            spending = Map.copyOf(all);
        }
    }

    List<Event> read(long afterSeq, int limit) {
        int from = (int) Math.max(0, Math.min(afterSeq, events.size()));
        int to = (int) Math.min(events.size(), (long) from + Math.max(0, limit));
        return events.subList(from, to).stream().map(StoredEvent::event).toList();
    }

    private static RunRow inMillis(RunRow row) {
        Instant wakeAt = row.wakeAt();
        return wakeAt == null
                ? row
                : new RunRow(
                        row.status(),
                        row.waiting(),
                        wakeAt.truncatedTo(ChronoUnit.MILLIS),
                        row.cancelRequested(),
                        row.pauseRequested(),
                        row.recoveries());
    }

    RunView view() {
        var last = row.status().isTerminal() ? events.get(events.size() - 1).payload : null;
        return new RunView(
                id,
                spec,
                row,
                new Owner(node(), epoch()),
                new RunView.Totals(lastSeq(), spending.values().stream().reduce(Spending.NONE, Spending::plus)),
                times(),
                new RunView.Payloads(events.get(0).payload, last));
    }
}
