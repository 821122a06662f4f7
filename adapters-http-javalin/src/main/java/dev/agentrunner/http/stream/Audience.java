package dev.agentrunner.http.stream;

import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.RunId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Everybody who waits for news, by what they wait for. Telling them takes no time. Those who follow all runs are told
 * together, a few times a second: else each of them would read the feed once for every commit of a busy node. Thread-safe.
 */
final class Audience {

    private final Map<RunId, Set<Seat>> byRun = new ConcurrentHashMap<>();
    private final Set<Seat> ofAll = ConcurrentHashMap.newKeySet();
    private final Set<Seat> everybody = ConcurrentHashMap.newKeySet();
    private volatile boolean anyHasGrown;

    void add(Seat seat) {
        RunId run = seat.run();
        if (run == null) {
            ofAll.add(seat);
        } else {
            byRun.compute(run, (id, seats) -> {
                Set<Seat> all = seats == null ? ConcurrentHashMap.newKeySet() : seats;
                all.add(seat);
                return all;
            });
        }
        everybody.add(seat);
    }

    void remove(Seat seat) {
        everybody.remove(seat);
        RunId run = seat.run();
        if (run == null) {
            ofAll.remove(seat);
        } else {
            byRun.computeIfPresent(run, (id, seats) -> {
                seats.remove(seat);
                return seats.isEmpty() ? null : seats;
            });
        }
    }

    boolean isEmpty() {
        return everybody.isEmpty();
    }

    void forEach(Consumer<Seat> action) {
        everybody.forEach(action);
    }

    void hint(Hint hint) {
        if (hint instanceof Hint.Changed changed) {
            changed(changed.run(), changed.lastSeq());
        } else if (hint instanceof Hint.Lost) {
            anythingChanged();
        }
    }

    void changed(RunId run, long lastSeq) {
        byRun.getOrDefault(run, Set.of()).forEach(seat -> seat.grown(lastSeq));
        anyHasGrown = true;
    }

    /** Tells those who follow all runs what has gathered. */
    void tellOfAll() {
        if (anyHasGrown) {
            anyHasGrown = false;
            ofAll.forEach(seat -> seat.grown(Long.MAX_VALUE));
        }
    }

    void anythingChanged() {
        everybody.forEach(seat -> seat.grown(Long.MAX_VALUE));
    }

    void live(LiveEvent event) {
        Set<Seat> seats = byRun.getOrDefault(event.run(), Set.of());
        if (!seats.isEmpty()) {
            LiveMessage.of(event).ifPresent(message -> seats.forEach(seat -> seat.offer(message)));
        }
    }
}
