package dev.agentrunner.http.stream;

import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The events of all runs, or those of some types; never over. */
final class AllSource implements Source {

    private final RunLog log;
    private final Set<EventType> types;
    private final Seat seat;
    private final Pages pages = new Pages();

    /** @param types none: all */
    AllSource(RunLog log, Set<EventType> types, Seat seat) {
        this.log = log;
        this.types = Set.copyOf(types);
        this.seat = seat;
    }

    @Override
    public Rest next(Wire wire) throws IOException {
        List<Event> page = log.feed(seat.position(), pages.limit());
        for (Event event : page) {
            if (types.isEmpty() || types.contains(event.type())) {
                wire.event(event.id(), event);
            }
            seat.moveTo(event.id());
        }
        return pages.isFull(page) ? Rest.MORE : Rest.CAUGHT_UP;
    }
}
