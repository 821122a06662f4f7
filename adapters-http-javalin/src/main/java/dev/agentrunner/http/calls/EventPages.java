package dev.agentrunner.http.calls;

import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the events of a run of which only some are wanted, a bounded number for each call.
 *
 * @param types any of these; empty: all
 * @param steps of any of these; empty: all
 */
record EventPages(RunLog log, RunId run, Set<String> types, Set<String> steps) {

    private static final int WINDOW = 500;
    private static final int MOST_READ = 20_000;

    /**
     * A part of the events.
     *
     * @param position seq of the last event that was looked at
     * @param more whether there may be further ones behind it
     */
    record Part(List<Event> items, long position, boolean more) {}

    private boolean wanted(Event event) {
        return (types.isEmpty() || types.contains(event.type().name()))
                && (steps.isEmpty()
                        || (event.step() != null && steps.contains(event.step().value())));
    }

    /** Those after a seq, in order. */
    Part after(long seq, int limit) {
        List<Event> items = new ArrayList<>();
        long position = seq;
        for (int read = 0; read < MOST_READ; read += WINDOW) {
            List<Event> window = log.read(run, position, WINDOW);
            for (Event event : window) {
                if (items.size() == limit && wanted(event)) {
                    return new Part(items, position, true);
                }
                position = event.seq();
                if (wanted(event)) {
                    items.add(event);
                }
            }
            if (window.size() < WINDOW) {
                return new Part(items, position, false);
            }
        }
        return new Part(items, position, true);
    }

    /** Those before a seq and after {@code least}, the newest first. */
    Part before(long seq, long least, int limit) {
        List<Event> items = new ArrayList<>();
        long position = seq;
        for (int read = 0; read < MOST_READ && position - 1 > least; read += WINDOW) {
            long start = Math.max(least, position - 1 - WINDOW);
            List<Event> window = log.read(run, start, (int) (position - 1 - start));
            for (int i = window.size() - 1; i >= 0; i--) {
                Event event = window.get(i);
                if (items.size() == limit && wanted(event)) {
                    return new Part(items, position, true);
                }
                position = event.seq();
                if (wanted(event)) {
                    items.add(event);
                }
            }
            if (window.isEmpty()) {
                return new Part(items, position, false);
            }
        }
        return new Part(items, position, position - 1 > least);
    }
}
