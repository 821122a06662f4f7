package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.Event;
import org.jspecify.annotations.Nullable;

/** An event of a run as it goes over the wire: put into words once for all who follow the run. Thread-safe. */
final class EventFrame {

    private final Event event;
    private volatile byte @Nullable [] bytes; // whoever comes first writes them; twice does no harm

    EventFrame(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    long seq() {
        return event.seq();
    }

    /** Not to be changed. */
    byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = Wire.frame(event.seq(), event);
            bytes = known;
        }
        return known;
    }
}
