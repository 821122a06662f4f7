package dev.agentrunner.http.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wrong keys, by where they came from: so many in a minute, and no more are looked at. Thread-safe. */
final class Failures {

    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Who has that many addresses is not stopped by counting them; memory must end somewhere. */
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Deque<Instant>> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    Failures(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts one.
     *
     * @return how long to wait; zero if it is not one too many
     */
    synchronized Duration add(String address) {
        Instant now = clock.instant();
        Deque<Instant> times = byAddress.computeIfAbsent(address, key -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.peekFirst().isAfter(now.minus(WINDOW))) {
            times.removeFirst();
        }
        if (times.size() < MOST) {
            times.addLast(now);
            return Duration.ZERO;
        }
        return Duration.between(now, times.getFirst().plus(WINDOW));
    }
}
