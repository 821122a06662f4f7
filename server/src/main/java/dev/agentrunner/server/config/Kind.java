package dev.agentrunner.server.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting's value looks like.
 *
 * @param about for people, such as {@code a duration such as 15s}
 * @param fits whether a text is such a value
 * @param secret whether it is never shown, and may be read from a file that another setting names
 */
public record Kind(String about, Predicate<String> fits, boolean secret) {

    static final Kind TEXT = new Kind("text", text -> true, false);
    static final Kind SECRET = new Kind("a secret", text -> true, true);
    static final Kind NAMES = new Kind("names with commas between them", text -> true, false);
    static final Kind DURATION =
            new Kind("a duration: a number and ms, s, m, h or d, such as 15s", Kind::isDuration, false);

    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    static Kind number(int least, int most) {
        return new Kind(
                "a number from " + least + " to " + most,
                text -> text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most,
                false);
    }

    static Kind oneOf(String... values) {
        return new Kind("one of " + String.join(", ", values), List.of(values)::contains, false);
    }

    private static boolean isDuration(String text) {
        return SPAN.matcher(text).matches() && !duration(text).isZero();
    }

    /**
     * Reads a duration such as {@code 15s}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Duration duration(String text) {
        Matcher span = SPAN.matcher(text.strip());
        if (!span.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not " + DURATION.about());
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
