package dev.agentrunner.http.stream;

import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events of one run, and its end. */
final class RunSource implements Source {

    private static final Set<EventType> ENDINGS =
            Set.of(EventType.RUN_COMPLETED, EventType.RUN_FAILED, EventType.RUN_CANCELED);

    private final Store store;
    private final RunId run;
    private final Seat seat;
    private final SharedReads reads;
    private final Pages pages = new Pages();
    /** Whether the run may have ended, or may not exist any more. */
    private boolean unsure = true;

    /** @param reads of this run, together with the others who follow it */
    RunSource(Store store, RunId run, Seat seat, SharedReads reads) {
        this.store = store;
        this.run = run;
        this.seat = seat;
        this.reads = reads;
    }

    @Override
    public Rest next(Wire wire) throws IOException {
        List<EventFrame> page = read();
        for (EventFrame frame : page) {
            Event event = frame.event();
            boolean ends = ENDINGS.contains(event.type());
            for (LiveMessage last : ends ? seat.live().all() : seat.live().before(event)) {
                wire.live(last);
            }
            wire.frame(frame);
            seat.moveTo(event.seq());
            unsure |= ends;
        }
        long chars = page.stream()
                .mapToLong(each -> each.event().payload().text().length())
                .sum();
        if (pages.isFull(page.size(), chars)) {
            return Rest.MORE;
        }
        unsure |= page.isEmpty() && seat.position() < seat.head();
        return unsure ? ask(wire) : Rest.CAUGHT_UP;
    }

    private List<EventFrame> read() {
        boolean unknown = seat.takeMayBeBeyondHead();
        boolean done = false;
        try {
            long head = unknown ? Long.MAX_VALUE : seat.head();
            List<EventFrame> page = reads.after(seat.position(), head, pages.limit(), store.log());
            done = true;
            return page;
        } finally {
            if (unknown && !done) {
                seat.setMayBeBeyondHead();
            }
        }
    }

    private Rest ask(Wire wire) throws IOException {
        Optional<RunView> view = store.catalog().run(run);
        if (view.isEmpty()) {
            return Rest.GONE;
        }
        if (!view.get().state().status().isTerminal()) {
            unsure = false;
            return Rest.CAUGHT_UP;
        }
        if (seat.position() < view.get().lastSeq()) {
            return Rest.MORE;
        }
        wire.end(view.get().state().status());
        return Rest.OVER;
    }
}
