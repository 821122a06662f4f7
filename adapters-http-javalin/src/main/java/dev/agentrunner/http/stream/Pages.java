package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.Event;
import java.util.List;

/** How many events to read at once: many while they are small, few while they are large. Belongs to one thread. */
final class Pages {

    private static final int MOST = 256;
    private static final long MANY_CHARS = 1 << 20;

    private int limit = 16;

    int limit() {
        return limit;
    }

    /** Whether there may be more after this page, which was read with the limit. */
    boolean isFull(List<Event> page) {
        return isFull(
                page.size(),
                page.stream().mapToLong(each -> each.payload().text().length()).sum());
    }

    /** As {@link #isFull(List)}, of a page of so many events with so many characters. */
    boolean isFull(int events, long chars) {
        boolean full = events >= limit;
        if (chars > MANY_CHARS) {
            limit = Math.max(1, limit / 8);
        } else if (full) {
            limit = Math.min(MOST, limit * 2);
        }
        return full;
    }
}
