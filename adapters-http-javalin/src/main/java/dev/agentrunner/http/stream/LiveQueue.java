package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.StepId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for one client of what is not in the log: bounded, and in its place relative to what is. A step's messages
 * are told before its end is recorded, so those that wait when a client comes to that end go out before it; what still
 * comes of a step that has ended, such as one that ignores its cancellation, is dropped. Thread-safe.
 */
final class LiveQueue {

    private static final Set<EventType> ENDINGS = Set.of(
            EventType.STEP_COMPLETED, EventType.STEP_FAILED, EventType.STEP_CANCELED, EventType.STEP_ATTEMPT_FAILED);

    private static final int MAX_CHARS = 256 << 10;
    private static final int REMEMBERED = 64;

    private final int capacity;
    private final ArrayDeque<LiveMessage> waiting = new ArrayDeque<>(); // guarded by this
    private int chars; // of those that wait; guarded by this
    /** The last attempt that has ended of the steps that ended last. Guarded by this. */
    private final Map<StepId, Integer> ended = new LinkedHashMap<>();

    LiveQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Whether there was room for it. */
    synchronized boolean offer(LiveMessage message) {
        if (waiting.size() >= capacity || chars + message.json().length() > MAX_CHARS || isOver(message)) {
            return false;
        }
        chars += message.json().length();
        return waiting.add(message);
    }

    /** Takes what belongs before this event: everything of the attempt that it ends, if it ends one. */
    synchronized List<LiveMessage> before(Event event) {
        StepId step = event.step();
        if (step == null || !ENDINGS.contains(event.type())) {
            return List.of();
        }
        end(step, attempt(event));
        List<LiveMessage> last = new ArrayList<>();
        for (Iterator<LiveMessage> each = waiting.iterator(); each.hasNext(); ) {
            LiveMessage message = each.next();
            if (isOver(message)) {
                last.add(message);
                chars -= message.json().length();
                each.remove();
            }
        }
        return last;
    }

    synchronized List<LiveMessage> all() {
        List<LiveMessage> all = List.copyOf(waiting);
        waiting.clear();
        chars = 0;
        return all;
    }

    private boolean isOver(LiveMessage message) {
        return message.attempt() <= ended.getOrDefault(message.step(), 0);
    }

    private void end(StepId step, int attempt) {
        ended.remove(step);
        ended.put(step, attempt);
        if (ended.size() > REMEMBERED) {
            Iterator<StepId> oldest = ended.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static int attempt(Event event) {
        return event.type().equals(EventType.STEP_ATTEMPT_FAILED)
                ? event.payload().tree().path("attempt").asInt()
                : Integer.MAX_VALUE;
    }
}
