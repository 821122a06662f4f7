package dev.agentrunner.jdbc.crash;

import java.util.ArrayList;
import java.util.List;

/** What an audit found wrong; empty if nothing. */
final class Findings {

    private final List<String> all = new ArrayList<>();

    /** Notes that an invariant is broken, unless this holds. */
    void expect(boolean holds, String invariant, Object... where) {
        if (!holds) {
            StringBuilder text = new StringBuilder(invariant).append(':');
            for (Object each : where) {
                text.append(' ').append(each);
            }
            all.add(text.toString());
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** Fails the test if anything was found. */
    void requireNone(String circumstances) {
        if (!all.isEmpty()) {
            throw new AssertionError(all.size() + " findings (" + circumstances + "):\n"
                    + String.join("\n", all.subList(0, Math.min(40, all.size()))));
        }
    }
}
