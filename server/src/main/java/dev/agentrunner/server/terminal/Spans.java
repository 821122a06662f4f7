package dev.agentrunner.server.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as people write them. */
public final class Spans {

    private Spans() {}

    /** Two units at most: {@code 3.2 s}, {@code 2 m 5 s}, {@code 4 d 2 h}. */
    public static String of(Duration span) {
        long millis = Math.max(0, span.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        long seconds = millis / 1_000;
        if (seconds < 3_600) {
            return seconds / 60 + " m " + seconds % 60 + " s";
        }
        long hours = seconds / 3_600;
        return hours < 24 ? hours + " h " + seconds % 3_600 / 60 + " m" : hours / 24 + " d " + hours % 24 + " h";
    }

    /** A number of bytes: {@code 512 B}, {@code 3.4 MB}. */
    public static String bytes(long count) {
        double size = count;
        for (String unit : new String[] {"B", "kB", "MB", "GB"}) {
            if (size < 1_000) {
                return unit.equals("B") ? count + " B" : String.format(Locale.ROOT, "%.1f %s", size, unit);
            }
            size /= 1_000;
        }
        return String.format(Locale.ROOT, "%.1f TB", size);
    }
}
