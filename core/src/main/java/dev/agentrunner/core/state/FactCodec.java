package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.NewEvent;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Facts to events and back. Payload fields are snake_case, as they go over the wire; absent ones are
 * left out.
 */
public final class FactCodec {

    private static final Map<EventType, FactFormat<?>> FORMATS = formats();

    private FactCodec() {}

    private static Map<EventType, FactFormat<?>> formats() {
        Map<EventType, FactFormat<?>> formats = new HashMap<>();
        Stream.of(RunFormats.ALL, StepFormats.ALL, LlmFormats.ALL, WorkspaceFormats.ALL)
                .flatMap(List::stream)
                .forEach(each -> formats.put(each.type(), each));
        return Map.copyOf(formats);
    }

    /** Whether events of this type are the engine's own, with a payload that it understands. */
    static boolean isKnown(EventType type) {
        return FORMATS.containsKey(type);
    }

    public static NewEvent encode(Fact fact, Actor actor) {
        if (fact instanceof Note.Other other) {
            return new NewEvent(fact.type(), fact.step(), other.payload(), actor);
        }
        FactFormat<?> format = Objects.requireNonNull(FORMATS.get(fact.type()));
        return new NewEvent(fact.type(), fact.step(), FieldsOut.json(out -> format.write(fact, out)), actor);
    }

    /**
     * Reads an event back.
     *
     * @throws IllegalArgumentException if the payload is not what its type demands
     */
    public static Fact decode(Event event) {
        FactFormat<?> format = FORMATS.get(event.type());
        if (format == null) {
            return new Note.Other(event.type(), event.step(), event.payload());
        }
        try {
            return format.reader().read(event.step(), FieldsIn.of(event.payload()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "Event " + event.seq() + " of run " + event.run() + " is no readable " + event.type() + ": "
                            + e.getMessage() + ". It was written by something else than this engine, or changed since",
                    e);
        }
    }
}
