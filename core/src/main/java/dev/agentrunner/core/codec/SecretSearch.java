package dev.agentrunner.core.codec;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks through a text for what matches a pattern, from left to right, trying only where a match can begin: that is many
 * times as quick as to try everywhere. Used by one thread.
 */
final class SecretSearch {

    private static final int NOWHERE = Integer.MAX_VALUE;

    private final String text;
    private final Matcher matcher;
    private final List<String> beginnings;

    /** Where each of the beginnings is found next, from {@link #from} on or before. */
    private final int[] next;

    private int from;

    /**
     * A search that has found nothing yet.
     *
     * @param beginnings every match begins with one of them
     */
    SecretSearch(Pattern pattern, List<String> beginnings, String text) {
        this.text = text;
        this.matcher = pattern.matcher(text).useTransparentBounds(true);
        this.beginnings = beginnings;
        this.next = beginnings.stream().mapToInt(each -> indexOf(each, 0)).toArray();
    }

    /** Whether there is another match. */
    boolean find() {
        for (int at = nearest(); at != NOWHERE; at = nearest()) {
            if (matcher.region(at, text.length()).lookingAt()) {
                from = matcher.end();
                return true;
            }
            from = at + 1;
        }
        return false;
    }

    private int nearest() {
        int nearest = NOWHERE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < from) {
                next[i] = indexOf(beginnings.get(i), from);
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest;
    }

    private int indexOf(String beginning, int start) {
        int index = text.indexOf(beginning, start);
        return index < 0 ? NOWHERE : index;
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
