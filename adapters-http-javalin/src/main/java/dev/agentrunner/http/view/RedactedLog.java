package dev.agentrunner.http.view;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A log as it may be shown: the inputs of runs, which alone are stored with the secrets in them, are without. Thread-safe.
 *
 * @param redact takes the secrets out of a value
 */
public record RedactedLog(RunLog log, UnaryOperator<Json> redact) implements RunLog {

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        return log.append(commit);
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return shown(log.read(run, afterSeq, limit));
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        Map<RunId, List<Event>> all = new LinkedHashMap<>();
        log.readAll(runs).forEach((run, events) -> all.put(run, shown(events)));
        return all;
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return shown(log.feed(afterId, limit));
    }

    @Override
    public long feedEnd() {
        return log.feedEnd();
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return log.follow(listener);
    }

    private List<Event> shown(List<Event> events) {
        return events.stream().map(this::shown).toList();
    }

    private Event shown(Event event) {
        if (!event.type().equals(EventType.RUN_QUEUED)) {
            return event;
        }
        NewEvent fact = event.fact();
        NewEvent clean = new NewEvent(fact.type(), fact.step(), redact.apply(fact.payload()), fact.actor());
        return new Event(event.id(), event.run(), event.seq(), clean, event.createdAt());
    }
}
