package dev.agentrunner.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts which operations have succeeded and which were refused. */
public final class Coverage {

    private final Map<String, Integer> successes = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();

    public Coverage() {}

    void count(String kind, boolean refused) {
        (refused ? refusals : successes).merge(kind, 1, Integer::sum);
    }

    /** Whether {@link #assertComplete} would pass. */
    public boolean isComplete() {
        return successes.keySet().equals(allBut(Ops.OLD_CLAIM))
                && refusals.keySet().equals(allBut(Ops.BEAT));
    }

    /** Fails unless every kind of operation has done both; but a beat is never refused, an old claim always is. */
    public void assertComplete() {
        assertThat(successes.keySet()).as("operations that succeeded").isEqualTo(allBut(Ops.OLD_CLAIM));
        assertThat(refusals.keySet()).as("operations that were refused").isEqualTo(allBut(Ops.BEAT));
    }

    private static Set<String> allBut(String kind) {
        Set<String> kinds = new TreeSet<>(Ops.KINDS);
        kinds.remove(kind);
        return kinds;
    }

    @Override
    public String toString() {
        return "successes " + successes + ", refusals " + refusals;
    }
}
