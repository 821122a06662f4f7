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

    /** Those who follow one run, and read it together. */
    private record Followers(Set<Seat> seats, SharedReads reads) {}

    private final Map<RunId, Followers> byRun = new ConcurrentHashMap<>();
    private final Set<Seat> ofAll = ConcurrentHashMap.newKeySet();
    private final Set<Seat> everybody = ConcurrentHashMap.newKeySet();
    private volatile boolean anyHasGrown;

    void add(Seat seat) {
        RunId run = seat.run();
        if (run == null) {
            ofAll.add(seat);
        } else {
            byRun.compute(run, (id, known) -> {
                Followers all =
                        known == null ? new Followers(ConcurrentHashMap.newKeySet(), new SharedReads(run)) : known;
                all.seats().add(seat);
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
            byRun.computeIfPresent(run, (id, all) -> {
                all.seats().remove(seat);
                return all.seats().isEmpty() ? null : all;
            });
        }
    }

    /** What those who follow the run, of whom there is one, read it with. */
    SharedReads reads(RunId run) {
        Followers all = byRun.get(run);
        return all == null ? new SharedReads(run) : all.reads();
    }

    private Set<Seat> followers(RunId run) {
        Followers all = byRun.get(run);
        return all == null ? Set.of() : all.seats();
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
        followers(run).forEach(seat -> seat.grown(lastSeq));
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
        Set<Seat> seats = followers(event.run());
        if (!seats.isEmpty()) {
            LiveMessage.of(event).ifPresent(message -> seats.forEach(seat -> seat.offer(message)));
        }
    }
}
