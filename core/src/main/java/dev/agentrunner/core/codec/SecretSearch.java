package dev.agentrunner.core.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through a text for what matches a pattern, from left to right, trying only where a match can begin: that is many
 * times as quick as to try everywhere. Used by one thread.
 */
final class SecretSearch {

    private final String text;
    private final Matcher matcher;
    private final Beginnings beginnings;
    private int from;

    /**
     * A search that has found nothing yet.
     *
     * @param beginnings every match begins with one of them
     */
    SecretSearch(Pattern pattern, Beginnings beginnings, String text) {
        this.text = text;
        this.matcher = pattern.matcher(text).useTransparentBounds(true);
        this.beginnings = beginnings;
    }

    /** Whether there is another match. */
    boolean find() {
        for (int at = beginnings.next(text, from); at >= 0; at = beginnings.next(text, from)) {
            if (matcher.region(at, text.length()).lookingAt()) {
                from = matcher.end();
                return true;
            }
            from = at + 1;
        }
        return false;
    }

    /** The text with this in place of each match; the same one if there is none. */
    String replaceAll(String replacement) {
        StringBuilder clean = new StringBuilder();
        int kept = 0;
        while (find()) {
            clean.append(text, kept, matcher.start()).append(replacement);
            kept = matcher.end();
        }
        return kept == 0 ? text : clean.append(text, kept, text.length()).toString();
    }
}
