package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.NewEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Stream.of(RunFormats.ALL, StepFormats.ALL)
                .flatMap(List::stream)
                .forEach(each -> formats.put(each.type(), each));
        return Map.copyOf(formats);
    }

    public static NewEvent encode(Fact fact, Actor actor) {
        if (fact instanceof Note.Other) {
            return new NewEvent(fact.type(), fact.step(), ((Note.Other) fact).payload(), actor);
        }
        FactFormat<?> format = FORMATS.get(fact.type());
        if (format == null) {
            throw new IllegalStateException("No format for " + fact.type());
        }
        return new NewEvent(fact.type(), fact.step(), FieldsOut.json(out -> format.write(fact, out)), actor);
    }

    /**
     * Reads an event back.
     *
     * @throws IllegalArgumentException if the payload is not what its type demands
     */
    public static Fact decode(Event event) {
        FactFormat<?> format = FORMATS.get(event.type());
        return format == null
                ? new Note.Other(event.type(), event.step(), event.payload())
                : format.reader().read(event.step(), FieldsIn.of(event.payload()));
    }
}
