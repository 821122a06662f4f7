package dev.agentrunner.core.node;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Claims whose execution is about to begin, and what is heard of their runs meanwhile. Thread-safe. */
final class Expectations {

    private final Map<RunId, Expected> all = new ConcurrentHashMap<>();

    private record Expected(long epoch, long lastSeq) {}

    /** Before the run's log is read; a newer claim takes the place of an older one. */
    void add(Claim claim) {
        all.merge(claim.run(), new Expected(claim.epoch(), 0), (old, next) -> old.epoch() < next.epoch() ? next : old);
    }

    /** Somebody wrote to a run, which may be expected. */
    void heardOf(RunId run, long lastSeq) {
        all.computeIfPresent(run, (id, old) -> new Expected(old.epoch(), Math.max(old.lastSeq(), lastSeq)));
    }

    /** Ends the expectation: gives the last seq that was heard of since it began, or 0; empty if there is none. */
    OptionalLong take(Claim claim) {
        long[] lastSeq = {-1};
        all.computeIfPresent(claim.run(), (id, old) -> {
            if (old.epoch() != claim.epoch()) {
                return old;
            }
            lastSeq[0] = old.lastSeq();
            return null;
        });
        return lastSeq[0] < 0 ? OptionalLong.empty() : OptionalLong.of(lastSeq[0]);
    }

    boolean has(RunId run) {
        return all.containsKey(run);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }
}
