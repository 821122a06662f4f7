package dev.agentrunner.memory;

import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.StepId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event in half the space that an {@link Event} takes: a waiting run keeps nothing else for days. */
final class StoredEvent {

    final StoredRun run;
    final long id;
    final Json payload;
    private final int seq;
    private final long at;
    private final EventType type;
    private final @Nullable StepId step;
    private final Actor actor;

    StoredEvent(StoredRun run, long id, NewEvent fact, long at) {
        this.run = run;
        this.id = id;
        this.seq = run.events.size() + 1;
        this.at = at;
        this.type = fact.type();
        this.step = fact.step();
        this.payload = fact.payload();
        this.actor = fact.actor();
    }

    Event event() {
        return new Event(id, run.id, seq, new NewEvent(type, step, payload, actor), Instant.ofEpochMilli(at));
    }
}
