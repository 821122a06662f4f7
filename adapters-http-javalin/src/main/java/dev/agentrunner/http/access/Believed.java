package dev.agentrunner.http.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the store said, which is believed for five seconds. What it does not know is not remembered: anybody can make
 * that up.
 *
 * <p>Thread-safe, without a lock while the store is asked. So an answer may be old when it comes: it counts only if
 * nothing newer was heard in the meantime. An answer's age is that of its question; one that took longer than five
 * seconds is never believed, and what is as old can be dropped.
 */
final class Believed<T> {

    private static final Duration LONG = Duration.ofSeconds(5);

    private record Heard<A>(Optional<A> answer, Instant since) {

        boolean isOld(Instant now) {
            return !now.isBefore(since.plus(LONG));
        }

        /** A clock that was turned back makes nothing younger. */
        boolean isGood(Instant now) {
            return !isOld(now) && !now.isBefore(since);
        }
    }

    private final Function<String, Optional<T>> store;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Heard<T>> heard = new ConcurrentHashMap<>();

    Believed(Function<String, Optional<T>> store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What has this id, as it was five seconds ago or later. */
    Optional<T> find(String id) {
        Instant now = clock.instant();
        Heard<T> before = heard.get(id);
        if (before != null && before.isGood(now)) {
            return before.answer();
        }
        heard.values().removeIf(each -> each.isOld(now));
        Optional<T> answer = store.apply(id);
        if (answer.isEmpty()) {
            if (before != null) {
                heard.remove(id, before);
            }
            return answer;
        }
        return heard.merge(
                        id, new Heard<>(answer, now), (other, asked) -> Objects.equals(other, before) ? asked : other)
                .answer();
    }

    /** Nothing has this id any more. */
    void gone(String id) {
        heard.put(id, new Heard<>(Optional.empty(), clock.instant()));
    }
}
