package dev.agentrunner.http.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of one label few and printable: names come from outside, and every new one is a time series that never
 * goes away. Thread-safe.
 */
final class Labels {

    /** What stands for all further ones. */
    static final String OTHER = "other";

    private static final int MOST = 100;

    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** The value without control characters, or {@link #OTHER} once there are too many. */
    String of(String value) {
        String shown = known.get(value);
        if (shown != null) {
            return shown;
        }
        if (known.size() >= MOST) { // several at once may go over it by one each, which does no harm
            return OTHER;
        }
        return known.computeIfAbsent(value, name -> name.replaceAll("\\p{Cntrl}", " "));
    }
}
