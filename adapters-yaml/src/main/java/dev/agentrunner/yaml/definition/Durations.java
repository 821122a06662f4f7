package dev.agentrunner.yaml.definition;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as files write them: {@code 500ms}, {@code 2s}, {@code 10m}, {@code 3h}, {@code 3d}, or several in a row,
 * {@code 1h30m}. At most ten years.
 */
public final class Durations {

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,12}(?:ms|s|m|h|d)){1,5}");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /** Null if the text is none. */
    public static @Nullable Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            ChronoUnit unit = UNITS.getOrDefault(part.group(2), ChronoUnit.MILLIS);
            sum = sum.plus(Duration.of(Long.parseLong(part.group(1)), unit));
        }
        return sum.compareTo(LONGEST) > 0 ? null : sum;
    }
}
