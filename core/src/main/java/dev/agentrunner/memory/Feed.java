package dev.agentrunner.memory;

import dev.agentrunner.spi.model.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events of all runs in the order of their ids, without those of purged runs. Guarded by the store's lock. */
final class Feed {

    private final List<StoredEvent> events = new ArrayList<>();
    private long lastId;

    long nextId() {
        return ++lastId;
    }

    void add(StoredEvent event) {
        events.add(event);
    }

    void removeAll(Collection<StoredRun> runs) {
        Set<StoredRun> purged = new HashSet<>(runs);
        events.removeIf(event -> purged.contains(event.run));
    }

    List<Event> read(long afterId, int limit) {
        int from = firstAfter(afterId);
        int to = (int) Math.min(events.size(), (long) from + Math.max(0, limit));
        return events.subList(from, to).stream().map(StoredEvent::event).toList();
    }

    /** The id of the newest event; 0 if there is none. */
    long end() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).id;
    }

    private int firstAfter(long id) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).id > id) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
